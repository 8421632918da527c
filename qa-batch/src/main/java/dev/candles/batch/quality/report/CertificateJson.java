package dev.candles.batch.quality.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.candles.batch.quality.scan.FileFact;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.StateCounts;
import dev.candles.lake.json.Fields;
import dev.candles.lake.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A certificate as JSON; the same one always gives the same bytes. */
public final class CertificateJson {
  private static final String FORMAT = "candles-certificate-1";
  private static final String FINDINGS = "findings";
  private static final int MAX_BYTES = 64 << 20;
  private static final int MAX_STREAMS = 10_000;
  private static final int MAX_FILES = 50_000;
  private static final JsonFactory JSON = new JsonFactory();

  private CertificateJson() {}

  /**
   * The file's content.
   *
   * @throws IOException if a text of it is none
   */
  public static byte[] encode(Certificate certificate) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines));
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("venue", certificate.venue());
      json.writeStringField("date", certificate.date().toString());
      json.writeArrayFieldStart("streams");
      for (Certificate.Stream stream : certificate.streams()) {
        write(json, stream);
      }
      json.writeEndArray();
      json.writeStringField("root_sha256", certificate.rootSha256());
      json.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Certificate.Stream stream) throws IOException {
    json.writeStartObject();
    json.writeStringField("stream", stream.stream().id());
    StateCounts counts = stream.counts();
    json.writeNumberField("final", counts.finals());
    json.writeNumberField("verified_empty", counts.empty());
    json.writeNumberField("missing", counts.missing());
    json.writeNumberField("unrecoverable", counts.unrecoverable());
    json.writeNumberField("unknown", counts.unknown());
    if (stream.findings() > 0) {
      json.writeNumberField(FINDINGS, stream.findings());
    }
    json.writeArrayFieldStart("files");
    for (FileFact file : stream.files()) {
      json.writeStartObject();
      json.writeStringField("path", file.path());
      json.writeNumberField("bytes", file.bytes());
      json.writeNumberField("rows", file.rows());
      json.writeStringField("sha256", file.sha256());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * Reads a certificate.
   *
   * @throws IOException if the file cannot be read, is none, or contradicts its own root hash
   */
  public static Certificate read(Path file) throws IOException {
    Fields fields = StrictJson.parse(StrictJson.load(file, MAX_BYTES));
    if (!FORMAT.equals(fields.text("format"))) {
      throw new IOException("not a certificate of format " + FORMAT);
    }
    List<Certificate.Stream> streams = new ArrayList<>();
    for (Fields stream : fields.objects("streams", MAX_STREAMS)) {
      streams.add(stream(stream));
    }
    Certificate certificate =
        new Certificate(fields.text("venue"), date(fields.text("date")), streams);
    String root = fields.text("root_sha256");
    fields.end();
    if (!certificate.rootSha256().equals(root)) {
      throw new IOException(
          "root_sha256 is wrong: expected=" + certificate.rootSha256() + ", found=" + root);
    }
    return certificate;
  }

  private static Certificate.Stream stream(Fields fields) throws IOException {
    String id = fields.text("stream");
    StreamKey stream =
        StreamKey.parse(id).orElseThrow(() -> new IOException("not a stream: " + id));
    StateCounts counts =
        new StateCounts(
            fields.number("final"),
            fields.number("verified_empty"),
            fields.number("missing"),
            fields.number("unrecoverable"),
            fields.number("unknown"));
    long findings = fields.numberOr(FINDINGS, 0);
    List<FileFact> files = new ArrayList<>();
    for (Fields file : fields.objects("files", MAX_FILES)) {
      files.add(
          new FileFact(
              file.text("path"), file.number("bytes"), file.number("rows"), file.text("sha256")));
      file.end();
    }
    fields.end();
    return new Certificate.Stream(stream, counts, findings, files);
  }

  private static LocalDate date(String text) throws IOException {
    try {
      LocalDate date = LocalDate.parse(text);
      if (date.getYear() < 0 || date.getYear() > 9999) {
        throw new IOException("not a date: " + text);
      }
      return date;
    } catch (DateTimeException e) {
      throw new IOException("not a date: " + text, e);
    }
  }
}
