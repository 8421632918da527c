#!/usr/bin/env bash
# Guess: a library that gives all exchanges one parameter `periodInSecs` for the length of a candle means
# seconds by it at every exchange, so that 60 asks for minutes and 3600 for hours.
#
# Seen with XChange 5.2.2 (xchange-okex): 60 is refused before anything is sent, and so is 3600; the names it
# accepts are 1000, 3000, 5000, 15000, 30000, 60000, 120000 and 240000, a thousand times the minutes. With 1000
# the venue is asked for bar=1m, with 60000 for bar=1H: a caller who tries 60000 as the milliseconds of a
# minute gets candles of an hour, without an error.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Java, Maven or the packages cannot be had.
set -euo pipefail

command -v java >/dev/null && command -v mvn >/dev/null || { echo 'skipped: no java or no mvn'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<'P'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.knowm.xchange</groupId><artifactId>xchange-okex</artifactId><version>5.2.2</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
P
mvn -q -B -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath \
  -Dmdep.outputFile="$work/classpath" || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/Finding.java" <<'J'
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.knowm.xchange.Exchange;
import org.knowm.xchange.ExchangeFactory;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.okex.OkexExchange;
import org.knowm.xchange.service.trade.params.DefaultCandleStickParam;

public class Finding {
  public static void main(String[] args) throws Exception {
    List<String> bars = new ArrayList<>();
    HttpServer venue = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    venue.createContext("/", question -> {
      for (String part : question.getRequestURI().getQuery().split("&")) {
        if (part.startsWith("bar=")) {
          bars.add(part);
        }
      }
      byte[] body = "{\"code\":\"0\",\"msg\":\"\",\"data\":[]}".getBytes();
      question.getResponseHeaders().add("Content-Type", "application/json");
      question.sendResponseHeaders(200, body.length);
      question.getResponseBody().write(body);
      question.close();
    });
    venue.start();
    try {
      ExchangeSpecification specification = new ExchangeSpecification(OkexExchange.class);
      specification.setSslUri("http://127.0.0.1:" + venue.getAddress().getPort());
      specification.setHost("127.0.0.1");
      specification.setShouldLoadRemoteMetaData(false);
      Exchange okx = ExchangeFactory.INSTANCE.createExchange(specification);
      List<String> seen = new ArrayList<>();
      for (long period : new long[] {60, 3600, 1000, 60000}) {
        bars.clear();
        String answer;
        try {
          okx.getMarketDataService().getCandleStickData(
              new CurrencyPair("BTC/USDT"),
              new DefaultCandleStickParam(new Date(0), new Date(60_000), period));
          answer = String.join(",", bars);
        } catch (RuntimeException e) {
          answer = bars.isEmpty() ? "refused" : bars + " " + e;
          System.out.println("  " + e.getMessage());
        }
        System.out.println("periodInSecs=" + period + ": " + answer);
        seen.add(answer);
      }
      boolean same = seen.equals(List.of("refused", "refused", "bar=1m", "bar=1H"));
      System.out.println(same ? "as written down" : "this has changed");
      System.exit(same ? 0 : 1);
    } finally {
      venue.stop(0);
    }
  }
}
J
java -cp "$(cat "$work/classpath")" "$work/Finding.java"
