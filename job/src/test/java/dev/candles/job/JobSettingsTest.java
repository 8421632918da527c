package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a job is given wherever it runs. */
@Timeout(600)
class JobSettingsTest {
  @TempDir private Path folder;

  /** Says how RocksDB was opened, by the file in which it notes that itself. */
  private static final class OpenedHow extends KeyedProcessFunction<Integer, Integer, String> {
    private static final long serialVersionUID = 1;

    private final String temporary;
    private transient ValueState<Integer> last;

    OpenedHow(Path temporary) {
      this.temporary = temporary.toString();
    }

    @Override
    public void open(OpenContext context) {
      last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.INT));
    }

    @Override
    public void processElement(Integer number, Context context, Collector<String> out)
        throws IOException {
      last.update(number);
      for (Path options : optionsOf(Path.of(temporary))) {
        Files.readAllLines(options).stream()
            .map(String::strip)
            .filter(line -> line.matches("(info_log_level|keep_log_file_num|max_log_file_size)=.*"))
            .forEach(out::collect);
      }
    }
  }

  /** Beside the log of a process nobody deletes what a killed one has left. */
  @Test
  void theLogOfAStateBackendIsBounded() throws Exception {
    try (CloseableIterator<String> settings = settings()) {
      assertThat(settings)
          .toIterable()
          .containsOnly(
              "info_log_level=WARN_LEVEL", "keep_log_file_num=1", "max_log_file_size=1048576");
    }
  }

  private CloseableIterator<String> settings() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            "venues: [okx]\nsymbols: [BTC-USDT]\ndata_dir: " + folder.resolve("lake") + "\n");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Configuration flink = JobSettings.of(CollectorMain.configuration(file, warning -> {}));
    flink.set(CoreOptions.TMP_DIRS, temporary.toString());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    env.setParallelism(1);
    return env.fromData(1)
        .keyBy(number -> number)
        .process(new OpenedHow(temporary))
        .executeAndCollect();
  }

  private static List<Path> optionsOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("OPTIONS-"))
          .toList();
    }
  }
}
