package dev.candles.batch.compaction;

import dev.candles.lake.compact.CompactionPlan;
import dev.candles.lake.compact.CompactionTask;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.compact.Outcome;
import dev.candles.lake.layout.LakeLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/**
 * The bounded job: number of a partition ► compaction of it ► its outcome, to whoever started it.
 * Partitions are spread over the parallel tasks; each holds one day in memory.
 */
public final class CompactionJob {
  private CompactionJob() {}

  /**
   * Carries out a plan.
   *
   * @param root the lake's folder, on every task manager
   * @param each is told of every partition as soon as it is done, on the caller's thread
   * @throws Exception if the job fails; what was done is done, and the next run finishes
   */
  public static void run(
      StreamExecutionEnvironment env, String root, CompactionPlan plan, Consumer<Outcome> each)
      throws Exception {
    if (plan.tasks().isEmpty()) {
      return;
    }
    env.setRuntimeMode(RuntimeExecutionMode.STREAMING); // so that outcomes come as they are made
    try (CloseableIterator<CompactionResult> results =
        env.fromSequence(0, plan.tasks().size() - 1)
            .name("partitions")
            .uid("partitions")
            .map(new Compact(root, plan.tasks()))
            .name("compact")
            .uid("compact")
            .executeAndCollect("compaction")) {
      results.forEachRemaining(result -> each.accept(result.toOutcome()));
    }
  }

  private static final class Compact extends RichMapFunction<Long, CompactionResult> {
    private final String root;
    private final CompactionTask[] tasks;
    private transient @Nullable Compactor compactor;

    Compact(String root, List<CompactionTask> tasks) {
      this.root = root;
      this.tasks = tasks.toArray(CompactionTask[]::new);
    }

    @Override
    public void open(OpenContext context) {
      compactor = new Compactor(new LakeLayout(Path.of(root)));
    }

    @Override
    public CompactionResult map(Long index) {
      CompactionTask task = tasks[index.intValue()];
      Compactor mine = compactor;
      if (mine == null) {
        throw new IllegalStateException("task is not open");
      }
      return CompactionResult.of(mine.compact(task.toPartition(), task.knowledge()));
    }
  }
}
