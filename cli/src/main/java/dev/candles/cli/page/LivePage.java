package dev.candles.cli.page;

import dev.candles.cli.daily.QaReports;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.status.StatusReader;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.WebUiConfig;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.view.FileLake;
import dev.candles.text.FailureText;
import dev.candles.text.LogValue;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page of a collector and its lake on 127.0.0.1. */
public final class LivePage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);
  private static final String PORT_IN_USE =
      "collecting goes on without the page; set page_port to another port, to 0 for any, or to off";

  private final LoopbackServer server;
  private final Looks looks;

  private LivePage(LoopbackServer server, Looks looks) {
    this.server = server;
    this.looks = looks;
  }

  /**
   * Serves it until it is closed.
   *
   * @param port 0 for any
   * @param root of the lake
   * @throws RefusedException if the port cannot be had
   */
  public static LivePage serve(int port, Path root, StatusReader reader)
      throws IOException, RefusedException {
    LoopbackServer server = LoopbackServer.bind(port, "page");
    Looks looks = new Looks(reader::look, System::nanoTime);
    PageAnswers answers =
        new PageAnswers(
            looks,
            reader::progress,
            new FileLake(root.toString()),
            new QaReports(new LakeLayout(root)));
    server.serve(answers::to);
    return new LivePage(server, looks);
  }

  /**
   * Serves it beside the collector in this JVM, unless the configuration says no. What prevents it
   * is logged, and collecting goes on.
   */
  public static AutoCloseable beside(CollectorConfig config) {
    int port = config.webUi().pagePort();
    if (port == WebUiConfig.NONE) {
      return () -> {};
    }
    Path root = config.lake().path();
    try {
      LivePage page =
          serve(
              port,
              root,
              new StatusReader(
                  root,
                  config.clock(),
                  unanswered -> StatusReader.embedded(root),
                  config.disk().bounds(),
                  StatusReader.Around.UNKNOWN));
      LOG.info("Page: {}", page.address());
      return page;
    } catch (RefusedException e) {
      LOG.warn(
          "event=page_port_in_use port={} error={} hint={}",
          port,
          LogValue.of(OneLine.of(String.valueOf(e.getCause()))),
          LogValue.of(PORT_IN_USE));
    } catch (IOException | RuntimeException | LinkageError e) { // collecting does not end for it
      LOG.warn(
          "event=page_not_served port={} error={}",
          port,
          LogValue.of(OneLine.of(FailureText.of(e))));
    }
    return () -> {};
  }

  /** Where it is. */
  public URI address() {
    return server.address();
  }

  @Override
  public void close() throws InterruptedException {
    server.close();
    looks.close();
  }
}
