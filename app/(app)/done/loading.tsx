import { Skeleton } from "../_lists/skeleton";

export default function Loading() {
  return <Skeleton title="Done" />;
}
