package dev.candles.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.sources.venue.Venues;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterRulesTest {
  private static final long NOW_MS = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();
  private static final String VENUES = "venues: [okx]\nsymbols: [BTC-USDT]\n";

  private final List<String> warnings = new ArrayList<>();

  @Test
  void anAbsoluteLakeIsTakenWithoutAWord() throws Exception {
    assertThat(parse(VENUES + "data_dir: /srv/lake\n").lake().directory()).isEqualTo("/srv/lake");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aRelativeLakeIsRefusedWithItsLine() {
    assertThatThrownBy(() -> parse(VENUES + "data_dir: lake\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 3: data_dir: found 'lake', expected an absolute path");
  }

  @Test
  void aLakeThatIsNotNamedIsRefusedBecauseTheDefaultIsRelative() {
    assertThatThrownBy(() -> parse(VENUES))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data_dir: is missing, expected an absolute path");
  }

  @Test
  void everyKeyThatMeansNothingGetsOneWarning() throws Exception {
    parse(
        VENUES
            + "data_dir: /srv/lake\nui_port: 8081\npage_port: 0\nlog_level: DEBUG\n"
            + "compaction_interval: 1h\nkeep_rejects: 3d\nkeep_savepoints: 4\nprometheus_port: 9249\n");

    assertThat(warnings)
        .hasSize(6)
        .allMatch(line -> line.startsWith("c.yaml: line "))
        .anyMatch(line -> line.contains("line 4: ui_port means nothing on a cluster"))
        .anyMatch(line -> line.contains("line 5: page_port "))
        .anyMatch(line -> line.contains("line 6: log_level "))
        .anyMatch(line -> line.contains("line 7: compaction_interval "))
        .anyMatch(line -> line.contains("line 8: keep_rejects "))
        .anyMatch(line -> line.contains("line 10: prometheus_port "));
  }

  @Test
  void inOneJvmARelativeLakeStartsAtTheFolderOfTheFile() throws Exception {
    ConfigParser parser = new ConfigParser(Venues.profiles(), () -> NOW_MS);
    CollectorConfig config =
        parser.parse("c.yaml", VENUES + "data_dir: lake\nui_port: 1\n", Path.of("/etc/candles"));

    assertThat(config.lake().directory()).isEqualTo("/etc/candles/lake");
    assertThat(warnings).isEmpty();
  }

  @Test
  void checkpointsMayBeInABucketAndTheLakeMayNot() throws Exception {
    String lake = VENUES + "data_dir: /srv/lake\n";
    assertThat(parse(lake).checkpoints().directory()).isNull();
    assertThat(parse(lake + "checkpoint_dir: s3://my-bucket/candles/\n").checkpoints().directory())
        .isEqualTo("s3://my-bucket/candles");
    for (String wrong :
        List.of(
            "/srv/other", "s3://", "s3://key:secret@my-bucket", "s3a://my-bucket", "s3://b/a b")) {
      assertThatThrownBy(() -> parse(lake + "checkpoint_dir: '" + wrong + "'\n"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(
              "line 4: checkpoint_dir: found '" + wrong + "', expected s3://BUCKET");
    }
    assertThatThrownBy(() -> parse(VENUES + "data_dir: s3://my-bucket/lake\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 3: data_dir: found 's3://my-bucket/lake'")
        .hasMessageContaining("only checkpoint_dir may be in an object store");
  }

  private CollectorConfig parse(String text) throws ConfigException {
    return new ConfigParser(Venues.profiles(), () -> NOW_MS)
        .onCluster(warnings::add)
        .parse("c.yaml", text, Path.of("/etc/candles"));
  }
}
