import { build } from "@/scripts/launch/build";
import setupCluster from "./global-setup";

export default async function setup() {
  await build();
  return setupCluster();
}
