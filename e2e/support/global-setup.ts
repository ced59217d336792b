import { openCluster } from "./cluster";

export default async function setup() {
  if (process.env.TEST_CLUSTER_IS_READY) return;
  const cluster = await openCluster();
  return () => cluster.close();
}
