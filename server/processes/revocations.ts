import { hearRevoked, onRevoked } from "@/lib/auth/revocations";
import { hear, tellOthers } from "./told";

/** A session that one process ends is over in all of them. */
export function shareRevocations(): void {
  onRevoked((ids) => tellOthers({ kind: "fourfold:revoked", ids }));
  hear("fourfold:revoked", ({ ids }) => hearRevoked(ids));
}
