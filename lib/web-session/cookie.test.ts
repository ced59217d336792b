import { describe, expect, test } from "vitest";
import { cookieFor, cookieHeader, cookieValue, sessionCookie } from "./cookie";

describe("the session cookie", () => {
  test("has the __Host- prefix and all that it asks for where people come by https", () => {
    expect(cookieFor("https://tasks.example.org", false)).toEqual({
      name: "__Host-fourfold.session",
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
    });
    expect(cookieFor("http://localhost:3000", true).name).toBe("__Host-fourfold.session");
  });

  test("has a plain name on http, where browsers would refuse the other", () => {
    expect(cookieFor("http://192.168.1.5:3000", false)).toMatchObject({
      name: "fourfold.session",
      options: { httpOnly: true, sameSite: "lax", secure: false },
    });
  });

  test("is found among others by its whole name", () => {
    const header = `x${sessionCookie.name}=1; ${sessionCookie.name}.1=2;${sessionCookie.name}=a.b==; z=3`;
    expect(cookieValue(header)).toBe("a.b==");
    expect(cookieValue(`${sessionCookie.name}.1=2`)).toBeUndefined();
    expect(cookieValue(null)).toBeUndefined();
  });

  test("is set for this host alone, out of reach of scripts", () => {
    const header = cookieHeader("abc", new Date("2030-01-01T00:00:00Z"));
    expect(header).toBe(
      "fourfold.session=abc; Expires=Tue, 01 Jan 2030 00:00:00 GMT; Path=/; HttpOnly; SameSite=Lax",
    );
  });
});
