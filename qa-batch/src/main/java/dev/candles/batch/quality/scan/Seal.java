package dev.candles.batch.quality.scan;

import dev.candles.batch.quality.check.QaCheck;
import dev.candles.lake.manifest.Check;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Sha256;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the checks' verdicts are sealed with: the root hashes of everything that was looked at
 * together, because a rollup is right only beside its minutes.
 */
final class Seal {
  private Seal() {}

  /** One hash over the manifests of a unit. */
  static String of(Collection<Manifest> manifests) {
    return Sha256.of(
        manifests.stream()
            .map(manifest -> manifest.partition().id() + " " + manifest.rootSha256() + "\n")
            .sorted()
            .collect(Collectors.joining()));
  }

  /** Whether all checks have passed over what has this hash. */
  static boolean isSealed(Manifest manifest, String checkedSha256) {
    Map<String, Check> checks =
        manifest.checks().stream().collect(Collectors.toMap(Check::id, Function.identity()));
    for (QaCheck check : QaCheck.values()) {
      Check sealed = checks.get(check.sealId());
      if (sealed == null
          || sealed.verdict() != Check.Verdict.PASS
          || !sealed.checkedSha256().equals(checkedSha256)) {
        return false;
      }
    }
    return true;
  }
}
