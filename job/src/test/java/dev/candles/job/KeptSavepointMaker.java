package dev.candles.job;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes {@link KeptSavepoint} anew. No test by its name, so it runs only when asked for: {@code mvn
 * -q -Dquick -pl job -am -Dtest=KeptSavepointMaker -Dsurefire.failIfNoSpecifiedTests=false test}.
 */
class KeptSavepointMaker {
  @TempDir private Path work = Path.of("");

  @Test
  void make() throws Exception {
    KeptSavepoint.make(work, KeptSavepoint.FOLDER);
  }
}
