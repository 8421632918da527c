package dev.candles.lake.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.json.Fields;
import dev.candles.lake.layout.Partition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The manifest as JSON. The same manifest always gives the same bytes. What can be computed from
 * the rest is written for readers and compared when it is read.
 */
final class ManifestJson {
  private static final String FORMAT = "candles-manifest-1";
  private static final int MAX_RANGES = 1440;
  private static final int MAX_FILES = 1000;
  private static final int MAX_CHECKS = 64;
  private static final JsonFactory JSON = new JsonFactory();

  private ManifestJson() {}

  static byte[] encode(Manifest manifest) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines));
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("partition", manifest.partition().id());
      json.writeNumberField("rows", manifest.rows());
      json.writeNumberField("min_open_time_ms", manifest.minOpenTimeMs());
      json.writeNumberField("max_open_time_ms", manifest.maxOpenTimeMs());
      json.writeNumberField("expected_intervals", manifest.count(manifest.expected()));
      ranges(json, "expected", manifest.expected());
      ranges(json, "present", manifest.present());
      ranges(json, "empty", manifest.empty());
      ranges(json, "unrecoverable", manifest.unrecoverable());
      ranges(json, "missing", manifest.missing());
      SealedFile.write(json, "files", manifest.files());
      SealedFile.write(json, "revisions", manifest.revisions());
      json.writeStringField("root_sha256", manifest.rootSha256());
      checks(json, manifest.checks());
      String archivedTo = manifest.archivedTo();
      if (archivedTo != null) {
        json.writeStringField("archived_to", archivedTo);
      }
      json.writeStringField("seal_sha256", manifest.sealSha256());
      json.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void ranges(JsonGenerator json, String name, Intervals ranges) throws IOException {
    json.writeArrayFieldStart(name);
    for (int i = 0; i < ranges.count(); i++) {
      json.writeArray(new long[] {ranges.from(i), ranges.to(i)}, 0, 2);
    }
    json.writeEndArray();
  }

  private static void checks(JsonGenerator json, List<Check> checks) throws IOException {
    json.writeArrayFieldStart("checks");
    for (Check check : checks) {
      json.writeStartObject();
      json.writeStringField("id", check.id());
      json.writeStringField("verdict", check.verdict().name());
      json.writeStringField("checked_sha256", check.checkedSha256());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The manifest that says these fields, if it is one of {@code partition} and does not lie. */
  static Manifest decode(Fields fields, Partition partition) throws IOException {
    same("format", FORMAT, fields.text("format"));
    same("partition", partition.id(), fields.text("partition"));
    Manifest manifest =
        new Manifest(
            partition,
            fields.ranges("expected", MAX_RANGES),
            fields.ranges("present", MAX_RANGES),
            fields.ranges("empty", MAX_RANGES),
            fields.ranges("unrecoverable", MAX_RANGES),
            SealedFile.listOf(fields, "files", MAX_FILES),
            SealedFile.listOf(fields, "revisions", MAX_FILES),
            checks(fields),
            fields.textIfAny("archived_to").orElse(null));
    same("rows", manifest.rows(), fields.number("rows"));
    same("min_open_time_ms", manifest.minOpenTimeMs(), fields.number("min_open_time_ms"));
    same("max_open_time_ms", manifest.maxOpenTimeMs(), fields.number("max_open_time_ms"));
    same(
        "expected_intervals",
        manifest.count(manifest.expected()),
        fields.number("expected_intervals"));
    same("missing", manifest.missing(), fields.ranges("missing", MAX_RANGES));
    String root = manifest.rootSha256();
    same("root_sha256", root, fields.text("root_sha256"));
    same("seal_sha256", manifest.sealSha256(root), fields.text("seal_sha256"));
    fields.end();
    return manifest;
  }

  private static List<Check> checks(Fields fields) throws IOException {
    List<Check> checks = new ArrayList<>();
    for (Fields check : fields.objects("checks", MAX_CHECKS)) {
      checks.add(
          new Check(
              check.text("id"),
              Check.Verdict.valueOf(check.text("verdict")),
              check.text("checked_sha256")));
      check.end();
    }
    return checks;
  }

  private static void same(String name, Object expected, Object found) throws IOException {
    if (!expected.equals(found)) {
      throw new IOException(name + " is wrong: expected=" + expected + ", found=" + found);
    }
  }
}
