package dev.candles.lake.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.lake.json.Fields;
import dev.candles.lake.layout.DataFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One file of a partition as it was sealed.
 *
 * @param name its name, without a folder
 * @param bytes its length
 * @param rows rows in it
 * @param sha256 of its content, 64 hexadecimal digits
 */
public record SealedFile(String name, long bytes, long rows, String sha256) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._=-]{1,200}");

  /**
   * @throws IllegalArgumentException if it cannot be a data file of the lake
   */
  public SealedFile {
    if (!NAME.matcher(name).matches() || !DataFiles.isData(name)) {
      throw new IllegalArgumentException("not a name of a data file: " + name);
    }
    if (bytes < 1 || rows < 0) {
      throw new IllegalArgumentException(
          "file has an impossible size: name=" + name + ", bytes=" + bytes + ", rows=" + rows);
    }
    Sha256.require(sha256);
  }

  /**
   * Reads a list of them.
   *
   * @throws IOException if the field is not a list of at most {@code max} such objects
   */
  public static List<SealedFile> listOf(Fields fields, String field, int max) throws IOException {
    List<SealedFile> files = new ArrayList<>();
    for (Fields file : fields.objects(field, max)) {
      files.add(
          new SealedFile(
              file.text("name"), file.number("bytes"), file.number("rows"), file.text("sha256")));
      file.end();
    }
    return files;
  }

  /**
   * Writes a list of them.
   *
   * @throws IOException if {@code json} does
   */
  public static void write(JsonGenerator json, String field, List<SealedFile> files)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (SealedFile file : files) {
      json.writeStartObject();
      json.writeStringField("name", file.name);
      json.writeNumberField("bytes", file.bytes);
      json.writeNumberField("rows", file.rows);
      json.writeStringField("sha256", file.sha256);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
