package dev.candles.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTextTest {
  private static final Path HOME = Path.of(System.getProperty("user.home"));

  @ParameterizedTest
  @ValueSource(strings = {"lake", "my lake", "100%", "a+b", "a#b", "a?b", "a:b/c", "./~x", "a$b"})
  void whatIsOnlyAPathStaysAsItIs(String text) {
    assertThat(PathText.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"~, ''", "~/, ''", "~/a b/c, a b/c", "~//a, a"})
  void theHomeFolderIsWrittenAsTilde(String text, String below) {
    assertThat(PathText.parse(text)).isEqualTo(HOME.resolve(below));
    assertThat(PathText.resolve(Path.of("/etc"), text)).isEqualTo(HOME.resolve(below));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3://bucket/x | object stores and other addresses are not supported",
        "S3A:/bucket/x | object stores and other addresses are not supported",
        "hdfs://host/x | object stores and other addresses are not supported",
        "file:///srv/x | without 'file:'",
        "file:x        | without 'file:'",
        "C:\\data       | this is one of Windows",
        "d:/data       | this is one of Windows",
        "a\\b          | without a backslash",
        "${HOME}/x     | variables are not replaced, write out what it stands for",
        "x/${DIR}      | variables are not replaced, write out what it stands for",
        "$HOME/x       | variables are not replaced, write out what it stands for",
        "%HOME%/x      | variables are not replaced, write out what it stands for",
        "~joe/x        | only ~/ is replaced, write ./~joe/x if it is meant so",
        "'  '          | the path of a folder or file of this machine",
      })
  void whatMeansSomethingElseElsewhereIsRefused(String text, String reason) {
    assertThat(refusal(text).getReason())
        .startsWith("the path of a folder or file of this machine")
        .endsWith(reason);
    assertThat(refusal(text).getInput()).isEqualTo(text);
  }

  @Test
  void controlCharactersAreRefused() {
    assertThat(refusal("a\nb").getReason()).endsWith("without control characters");
    assertThat(refusal("a\0b").getReason()).contains("Nul character not allowed");
  }

  private static InvalidPathException refusal(String text) {
    return catchThrowableOfType(InvalidPathException.class, () -> PathText.parse(text));
  }
}
