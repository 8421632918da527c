package dev.candles.lake.partition;

import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.SealedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a compaction is about to do: once all outputs are visible they count and the inputs do not;
 * until then it is the other way round. A file that is both is left as it is. It lies in the
 * candles' folder and goes when the manifest is sealed.
 *
 * @param candles names of the data files in the partition's folder of candles that were merged
 * @param revisions names of those in its folder of revisions
 * @param current the merged file of candles
 * @param older the merged file of revisions, empty if there are none
 */
public record Intent(
    Partition partition,
    List<String> candles,
    List<String> revisions,
    SealedFile current,
    Optional<SealedFile> older) {

  public Intent {
    candles = List.copyOf(candles);
    revisions = List.copyOf(revisions);
  }

  /** Names of the candle files that go once the output is visible. */
  public List<String> replacedCandles() {
    return without(candles, current.name());
  }

  /** Names of the revision files that go once the output is visible. */
  public List<String> replacedRevisions() {
    return older.map(file -> without(revisions, file.name())).orElse(revisions);
  }

  private static List<String> without(List<String> names, String name) {
    List<String> others = new ArrayList<>(names);
    others.remove(name);
    return others;
  }
}
