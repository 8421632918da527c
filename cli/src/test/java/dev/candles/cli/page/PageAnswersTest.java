package dev.candles.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.daily.QaReports;
import dev.candles.cli.status.Status;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamDays;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.view.FileLake;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageAnswersTest {
  @TempDir private Path root;

  /** A stream of which nothing is known yet may well be there. */
  @ParameterizedTest
  @ValueSource(strings = {"/api/status", "/api/coverage", "/api/stream?id=okx/BTC-USDT/1m"})
  void whileALookIsMadeThatIsSaid(String path) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Looks looks =
        new Looks(
            () -> {
              never.await();
              throw new IllegalStateException("the look does not end");
            },
            System::nanoTime)) {
      Answer answer = answers(looks).to(URI.create(path));
      assertThat(answer.code()).isEqualTo(503);
      assertThat(answer.text()).contains("\"reading\":\"3/7\"");
    }
  }

  @Test
  void aLookIsToldOnceWithItsFirstGapsAndHowManyThereAre() throws Exception {
    List<GapRecord> gaps = new ArrayList<>();
    for (long minute = 0; minute < 2_002; minute += 2) {
      gaps.add(
          new GapRecord(
              PageLake.BTC,
              minute * PageLake.MINUTE,
              (minute + 1) * PageLake.MINUTE,
              IntervalState.MISSING,
              Reason.SKIPPED,
              null,
              1,
              0));
    }
    StreamDays stream =
        new StreamDays(PageLake.BTC, 0, 0, new Newest(PageLake.BTC, Newest.NONE), List.of(), gaps);
    Status status = LooksTest.status(List.of(stream));
    try (Looks looks = new Looks(() -> status, System::nanoTime)) {
      PageAnswers answers = answers(looks);
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      Answer first = answers.to(URI.create("/api/status"));
      while (first.code() == 503) {
        assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
        first = answers.to(URI.create("/api/status"));
      }
      assertThat(first.text()).contains("\"open_gaps\":1001,");
      assertThat(first.text().split("\"noted_at_ms\"", -1)).hasSize(1_001);
      assertThat(answers.to(URI.create("/api/status")).text()).isSameAs(first.text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/status", "/api/coverage"})
  void whoeverAsksOnceInAWhileIsAnswered(String path) throws Exception {
    AtomicLong nanos = new AtomicLong();
    try (Looks looks = new Looks(() -> LooksTest.status(List.of()), nanos::get)) {
      PageAnswers answers = answers(looks);
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (answers.to(URI.create(path)).code() == 503) {
        assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      }
      for (int minute = 0; minute < 3; minute++) {
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertThat(answers.to(URI.create(path)).code()).isEqualTo(200);
      }
    }
  }

  private PageAnswers answers(Looks looks) {
    return new PageAnswers(
        looks, () -> "3/7", new FileLake(root.toString()), new QaReports(new LakeLayout(root)));
  }
}
