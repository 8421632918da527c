package dev.candles.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTextTest {
  private static Throwable refused(Throwable why) {
    return new ConnectException().initCause(new ConnectException().initCause(why));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new UnknownHostException("acme.test"), "host name acme.test cannot be resolved"),
        Arguments.of(
            new UnknownHostException("acme.test: Name or service not known"),
            "host name acme.test cannot be resolved"),
        Arguments.of(refused(new UnresolvedAddressException()), "the host name cannot be resolved"),
        Arguments.of(refused(new ClosedChannelException()), "cannot connect"),
        Arguments.of(
            new ConnectException("Connection refused"), "cannot connect: Connection refused"),
        Arguments.of(new TimeoutException(), "no answer in time"),
        Arguments.of(new HttpConnectTimeoutException("x"), "no connection in time"),
        Arguments.of(new SSLHandshakeException("no trust"), "TLS failed: no trust"),
        Arguments.of(new EOFException(), "it ended too early"),
        Arguments.of(new NoSuchFileException("/a/b"), "no such file: /a/b"),
        Arguments.of(new AccessDeniedException("/a/b"), "no permission for /a/b"),
        Arguments.of(new FileSystemException("/a", null, "Is busy"), "/a: Is busy"),
        Arguments.of(new IOException("HTML, not JSON"), "HTML, not JSON"),
        Arguments.of(new IOException("cannot seal", new TimeoutException()), "cannot seal"),
        Arguments.of(
            new ExecutionException(new CompletionException(new NoSuchFileException("c"))),
            "no such file: c"),
        Arguments.of(new UncheckedIOException(new IOException("disk")), "disk"),
        Arguments.of(
            new RuntimeException("java.util.concurrent.ExecutionException: java.io.IOException: x"),
            "x"),
        Arguments.of(new OutOfMemoryError("Java heap space"), "out of memory: Java heap space"),
        Arguments.of(new NoClassDefFoundError("a/B"), "cannot be loaded: a/B"),
        Arguments.of(new NullPointerException(), "unexpected NullPointerException"),
        Arguments.of(new IllegalStateException(new TimeoutException()), "no answer in time"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsToldInWords(Throwable failure, String words) {
    assertThat(FailureText.of(failure)).isEqualTo(words);
  }

  @Test
  void whatMayBeASecretIsNotNamed() {
    assertThat(FailureText.kind(new UnknownHostException("secret.test")))
        .isEqualTo("the host name cannot be resolved");
    assertThat(FailureText.kind(new AccessDeniedException("/secret"))).isEqualTo("no permission");
    assertThat(FailureText.kind(new IllegalArgumentException("https://secret")))
        .isEqualTo("unexpected IllegalArgumentException");
  }

  @Test
  void aChainWithoutAnEndIsCut() {
    Throwable one = new IllegalStateException((String) null);
    Throwable two = new IllegalStateException(null, one);
    one.initCause(two);
    assertThat(FailureText.of(one)).isEqualTo("unexpected IllegalStateException");
  }
}
