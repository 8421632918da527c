package dev.candles.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.daily.QaReports;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.view.FileLake;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
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

  private PageAnswers answers(Looks looks) {
    return new PageAnswers(
        looks, () -> "3/7", new FileLake(root.toString()), new QaReports(new LakeLayout(root)));
  }
}
