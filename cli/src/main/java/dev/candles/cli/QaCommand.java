package dev.candles.cli;

import dev.candles.batch.BatchEnvironment;
import dev.candles.batch.quality.QaSettings;
import dev.candles.batch.quality.QualityJob;
import dev.candles.batch.quality.html.HtmlReport;
import dev.candles.batch.quality.report.Certificate;
import dev.candles.batch.quality.report.CertificateCheck;
import dev.candles.batch.quality.report.CertificateJson;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.report.QaText;
import dev.candles.batch.quality.report.ReportJson;
import dev.candles.cli.daily.QaStanding;
import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.Causes;
import dev.candles.cli.embedded.HalfForgotten;
import dev.candles.cli.embedded.ParentWatch;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.embedded.TemporaryFolder;
import dev.candles.core.candle.StreamKey;
import dev.candles.job.alert.AlertDelivery;
import dev.candles.job.alert.Notice;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.ToldAlerts;
import dev.candles.lake.view.FileLake;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.text.Counted;
import dev.candles.text.FailureText;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code qa}: the daily checks. */
@Command(
    name = "qa",
    description = {
      "Checks keys, times, values, gaps, manifests, rollups, trade ids, coverage and paths.",
      "Partitions that were sealed are hashed only. Seals what has passed, certifies closed days."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 all checks passed, 1 something was found, 2 the checks could not run",
      "",
      "Example:",
      "  ./candles qa --days 7",
      "  ./candles qa --deep --report weekly_qa.json --html weekly_qa.html",
      "  ./candles qa --verify-certificate data/certificates/venue=okx/2026-01-09.json"
    })
final class QaCommand implements Callable<Integer> {
  private static final int TASKS = 2;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LakeOption lake = new LakeOption();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "The newest N days of the lake. Default: all")
  private @Nullable Integer days;

  @Option(
      names = "--venue",
      split = ",",
      paramLabel = "VENUE",
      description = "Only these venues; may be repeated.")
  private List<String> venues = List.of();

  @Option(names = "--deep", description = "Decodes sealed partitions too.")
  private boolean deep;

  @Option(names = "--no-seal", description = "Writes nothing into the lake.")
  private boolean noSeal;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = {
        "The report as JSON, see docs/qa_report.schema.json. Default: qa_report.json,",
        "on a cluster the one in .state of the lake"
      })
  private @Nullable Path report;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Also writes one HTML page: calendar, gaps, charts, findings. Needs no network.")
  private @Nullable Path html;

  @Option(
      names = "--alert",
      description =
          "Tells the webhooks of the configuration which checks found something, or that they could"
              + " not run, when it is news, and when they pass again. For the whole lake only, which must be"
              + " writable, because what was told is noted in it. That there"
              + " is no lake, or no memory left, the exit code alone tells.")
  private boolean alert;

  @Option(
      names = "--verify-certificate",
      paramLabel = "FILE",
      description = "Compares a certificate with the lake, and does nothing else.")
  private @Nullable Path certificate;

  @Override
  public Integer call() throws Exception {
    ParentWatch.begin();
    PrintWriter out = spec.commandLine().getOut();
    Path root = certificate == null ? lake.rootOfJob() : lake.root();
    return certificate == null ? check(root, out) : verify(root, certificate, out);
  }

  private int check(Path root, PrintWriter out) throws RefusedException {
    if (alert) {
      requireWhole();
    }
    LakeLayout layout = new LakeLayout(root.toAbsolutePath().normalize());
    try {
      QaSettings settings = settings(root);
      HalfForgotten.of(layout).ifPresent(line -> out.println("WARNING: " + line));
      if (alert) {
        Access.requireLake(layout); // or each day's run would tell the same again, and seal nothing
      }
      Optional<String> fault = noSeal ? Optional.of("--no-seal") : Access.ofLake(layout);
      if (!noSeal && fault.isPresent()) {
        out.println("WARNING: nothing will be sealed: " + fault.get());
      }
      Path report = report(root);
      Access.requireWritable("--report", report);
      if (html != null) {
        Access.requireWritable("--html", html);
      }
      return check(layout, settings, report, fault.isEmpty(), out);
    } catch (RefusedException refused) {
      tell(layout, QaStanding.failed(String.valueOf(refused.getMessage()), lake.nowMs()));
      throw refused;
    } catch (Exception e) {
      tell(layout, QaStanding.failed(FailureText.of(Causes.root(e)), lake.nowMs()));
      throw couldNotRun(e);
    }
  }

  /** What a part of the lake says is no news of the whole. */
  private void requireWhole() throws RefusedException {
    if (days != null || !venues.isEmpty() || noSeal) {
      throw new RefusedException(
          "--alert is about the whole lake and is noted in it: not with --days, --venue, --no-seal");
    }
    var unused = lake.alerts("--alert");
  }

  /** Waits until everybody was told or given up, which takes minutes where nobody answers. */
  private void tell(LakeLayout layout, Notice notice) throws RefusedException {
    if (alert) {
      ToldAlerts told = ToldAlerts.standing(layout);
      try (AlertDelivery all = AlertDelivery.of(lake.alerts("--alert"), told)) {
        all.tell(notice).join();
      }
    }
  }

  /** What Flink wraps around a cause says nothing: the cause is told. */
  static RefusedException couldNotRun(Exception failure) {
    return new RefusedException("the checks could not run: " + Causes.words(failure), failure);
  }

  private int check(
      LakeLayout layout, QaSettings settings, Path report, boolean mayKeep, PrintWriter out)
      throws Exception {
    try (TemporaryFolder temporary = temporary(layout);
        var flink = BatchEnvironment.create(TASKS, temporary.folder())) {
      QaReport result = QualityJob.run(flink, settings, System.currentTimeMillis(), lake.now());
      lake.clock().told().ifPresent(out::println);
      List<String> lines = QaText.lines(result);
      lines.forEach(out::println);
      try (Writer file = Files.newBufferedWriter(report)) {
        ReportJson.write(result, file);
      }
      out.println("Report: " + report.toAbsolutePath().normalize());
      if (mayKeep && result.part().isWhole()) {
        keep(result, layout, report, out);
      }
      out.flush();
      Path look = page(result, settings.root(), out).orElse(report).toAbsolutePath().normalize();
      tell(
          layout,
          result.passed()
              ? QaStanding.well(lake.nowMs())
              : QaStanding.found(lines, look.toString(), lake.nowMs()));
      return result.passed() ? 0 : 1;
    }
  }

  /**
   * What the whole lake was found to be stays with it, wherever the report is and whatever part is
   * checked next into the same file; the collector keeps those of its own checks by date.
   */
  private static void keep(QaReport result, LakeLayout layout, Path report, PrintWriter out) {
    if (report.toAbsolutePath().normalize().startsWith(layout.reports())) {
      return;
    }
    try {
      StringWriter text = new StringWriter();
      ReportJson.write(result, text);
      Durable.createFolders(layout.root(), layout.state());
      Durable.write(layout.qaOfWhole(), text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      out.println(
          "WARNING: the lake keeps no copy of the report: " + OneLine.of(FailureText.of(e)));
    }
  }

  /** The page that was asked for, if it could be made: it is no check, and ends none. */
  private Optional<Path> page(QaReport result, Path root, PrintWriter out) {
    Path page = html;
    if (page == null) {
      return Optional.empty();
    }
    try {
      new HtmlReport(new FileLake(root.toString())).write(result, page);
      out.println("Page: " + page.toAbsolutePath().normalize());
      return Optional.of(page);
    } catch (IOException | RuntimeException e) {
      out.println("WARNING: there is no page: " + Causes.words(e));
      return Optional.empty();
    } finally {
      out.flush();
    }
  }

  /** Whoever submits to a cluster may be gone tomorrow: what it found stays with the lake. */
  private Path report(Path root) throws IOException {
    if (report != null) {
      return report;
    }
    Path name = Path.of("qa_report.json");
    return BatchEnvironment.onCluster()
        ? Files.createDirectories(new LakeLayout(root).state()).resolve(name)
        : name;
  }

  private TemporaryFolder temporary(LakeLayout layout) throws RefusedException {
    return noSeal ? TemporaryFolder.elsewhere() : TemporaryFolder.below(layout);
  }

  private QaSettings settings(Path root) throws IOException, RefusedException {
    if (days != null && days < 1) {
      throw new RefusedException(
          String.format(Locale.ROOT, "--days: found '%d', expected 1 or more", days));
    }
    Set<String> known = new TreeSet<>();
    if (!venues.isEmpty()) {
      new LakeAccounts(root).streams().stream().map(StreamKey::venue).forEach(known::add);
    }
    for (String venue : venues) {
      if (!known.contains(venue)) {
        throw new RefusedException(
            String.format(
                Locale.ROOT,
                "--venue: found '%s', the lake has %s.%s",
                venue,
                String.join(" ", known),
                StreamOptions.meant(venue, known)));
      }
    }
    return new QaSettings(root, days == null ? 0 : days, deep, Set.copyOf(venues), !noSeal);
  }

  private static int verify(Path root, Path file, PrintWriter out) throws RefusedException {
    try {
      Certificate certificate = CertificateJson.read(file);
      List<String> differences = CertificateCheck.differences(root, certificate);
      differences.forEach(difference -> out.println("  " + difference));
      out.printf(
          Locale.ROOT,
          differences.isEmpty()
              ? "✅ PASS: %s %s is as certified, %s, root %s%n"
              : "❌ FAIL: %s %s is not as certified, %s, root %s%n",
          OneLine.of(certificate.venue()),
          certificate.date(),
          Counted.of(certificate.streams().size(), "stream"),
          certificate.rootSha256());
      out.flush();
      return differences.isEmpty() ? 0 : 1;
    } catch (NoSuchFileException absent) {
      throw new RefusedException("--verify-certificate: there is no such file: " + file, absent);
    } catch (IOException e) {
      throw new RefusedException(
          OneLine.masked(
              String.format(Locale.ROOT, "cannot verify %s: %s", file, e.getMessage()), "?"),
          e);
    }
  }
}
