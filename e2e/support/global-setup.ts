export default async function setup() {
  if (process.env.TEST_DATABASE_URL) return;
  const { openCluster } = await import("./cluster");
  const cluster = await openCluster();
  return () => cluster.close();
}
