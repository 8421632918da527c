package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What {@code drill} understands, and what it refuses before anything is started. */
class DrillCommandTest {
  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "--kill=all,--kill: found 'all'",
    "--interval=soon,--interval: found 'soon'",
    "--downtime=5,--downtime: found '5'",
    "--kills=0,--kills: found '0'"
  })
  void whatIsNoDrillIsRefusedInOneSentence(String option, String message) {
    assertThat(drill(option, "--data-dir=" + folder)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  /** The lines of the runbook. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drill | cluster=false, seed=1, | kind=COLLECTOR, freeze=false",
        "drill --kill taskmanager | cluster=true, seed=1, | kind=TASKMANAGER, freeze=false",
        "drill --kill jobmanager --freeze | cluster=true, seed=1, | kind=JOBMANAGER, freeze=true",
        "drill --kill machine --cluster | cluster=true, seed=1, | kind=MACHINE, freeze=false",
        "drill --kill any --freeze --kills 6 --seed 7 | cluster=true, seed=7, | freeze=true"
      })
  void aDrillIsWhatItsOptionsSay(String line, String what, String kill) throws Exception {
    CommandLine parsed = Candles.commandLine();
    parsed.parseArgs(line.split(" "));
    DrillCommand command = parsed.getSubcommands().get("drill").getCommand();

    assertThat(command.plan().toString()).contains(what, kill);
    assertThat(command.plan().kills()).hasSize(line.contains("--kills") ? 6 : 1);
  }

  @Test
  void aLakeThatIsThereIsNeverTouched() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.txt"), "x");

    assertThat(drill("--data-dir=" + folder)).isEqualTo(2);
    assertThat(err.toString()).contains("the drill needs an empty one", folder.toString());
    assertThat(folder).isDirectoryContaining(found -> found.equals(file));
    assertThat(folder.resolve(".drill")).doesNotExist();
  }

  private int drill(String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "drill";
    System.arraycopy(options, 0, words, 1, options.length);
    return Candles.commandLine().setErr(new PrintWriter(err, true)).execute(words);
  }
}
