package dev.candles.lake.partition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.json.Fields;
import dev.candles.lake.json.StrictJson;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.SealedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** The intent's file in the folder of a partition's candles, {@value #NAME}. */
public final class Intents {
  /** The file's name; no reader of data takes it for data. */
  public static final String NAME = "_intent.json";

  private static final int MAX_BYTES = 16 << 20;
  private static final String FORMAT = "candles-intent-1";
  private static final JsonFactory JSON = new JsonFactory();

  private Intents() {}

  /**
   * Reads the intent of a partition.
   *
   * @param folder the partition's folder of candles
   * @return empty if no compaction is under way
   * @throws IntentException if it is no file, too large, of another partition or makes no sense
   * @throws IOException if it cannot be loaded
   */
  public static Optional<Intent> read(Path folder, Partition partition) throws IOException {
    Path file = folder.resolve(NAME);
    byte[] bytes;
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw new IntentException(file, new IOException("not a regular file"));
      }
      if (attributes.size() > MAX_BYTES) {
        throw new IntentException(
            file, new IOException("too large: bytes=" + attributes.size() + ", max=" + MAX_BYTES));
      }
      bytes = StrictJson.load(file, MAX_BYTES);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
    try {
      return Optional.of(decode(StrictJson.parse(bytes), partition));
    } catch (IOException | IllegalArgumentException e) {
      throw new IntentException(file, e);
    }
  }

  /**
   * Puts an intent in its place in one step. What {@link #read} would not give back is refused: a
   * run that is killed after it would leave a partition that nobody can finish.
   *
   * @throws IOException if it cannot be written or read again
   */
  public static void write(Path folder, Intent intent) throws IOException {
    byte[] bytes = encode(intent);
    if (bytes.length > MAX_BYTES) {
      throw new IOException("intent is too large: bytes=" + bytes.length + ", max=" + MAX_BYTES);
    }
    if (!decode(StrictJson.parse(bytes), intent.partition()).equals(intent)) {
      throw new IOException("intent does not come back as it was: " + intent.partition().id());
    }
    Durable.write(folder.resolve(NAME), bytes);
  }

  /**
   * Takes the intent away.
   *
   * @throws IOException if it cannot be deleted
   */
  public static void drop(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(NAME));
    Durable.flushFolder(folder);
  }

  private static byte[] encode(Intent intent) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("partition", intent.partition().id());
      names(json, "candles", intent.candles());
      names(json, "revisions", intent.revisions());
      SealedFile.write(json, "current", List.of(intent.current()));
      SealedFile.write(json, "older", intent.older().map(List::of).orElse(List.of()));
      json.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void names(JsonGenerator json, String field, List<String> names)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }

  private static Intent decode(Fields fields, Partition partition) throws IOException {
    String format = fields.text("format");
    if (!format.equals(FORMAT)) {
      throw new IOException("format is not " + FORMAT + ": " + format);
    }
    String id = fields.text("partition");
    if (!id.equals(partition.id())) {
      throw new IOException("it is of another partition: " + id);
    }
    List<SealedFile> current = SealedFile.listOf(fields, "current", 1);
    if (current.isEmpty()) {
      throw new IOException("field is empty: /current");
    }
    Intent intent =
        new Intent(
            partition,
            names(fields, "candles"),
            names(fields, "revisions"),
            current.get(0),
            SealedFile.listOf(fields, "older", 1).stream().findFirst());
    fields.end();
    return intent;
  }

  private static List<String> names(Fields fields, String field) throws IOException {
    List<String> names = fields.texts(field, DataFiles.MAX_FILES);
    for (String name : names) {
      if (!DataFiles.isData(name) || !Folders.isName(name)) {
        throw new IOException("not a name of a data file: " + name);
      }
    }
    return names;
  }
}
