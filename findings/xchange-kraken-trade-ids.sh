#!/usr/bin/env bash
# Guess: where a venue numbers its trades, a library of exchanges hands these numbers on as the trades' ids, so
# that a set of ids counts trades and neighbouring ids show that none is missing.
#
# Seen with XChange 5.2.2 (xchange-kraken): the id of a trade is its time in tenths of a millisecond; the number
# that Kraken's `Trades` answers as the seventh field of each row is dropped. Three trades that one order met
# within the same instant get one id: whoever removes doubles by id keeps one of them, and no id has a
# neighbour.
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
    <dependency><groupId>org.knowm.xchange</groupId><artifactId>xchange-kraken</artifactId><version>5.2.2</version></dependency>
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
import java.util.List;
import org.knowm.xchange.Exchange;
import org.knowm.xchange.ExchangeFactory;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.dto.marketdata.Trade;
import org.knowm.xchange.kraken.KrakenExchange;

public class Finding {
  public static void main(String[] args) throws Exception {
    String rows = """
        ["100.0","0.10000000",1767257184.7392,"b","m","",41],
        ["100.1","0.20000000",1767257184.7392,"b","m","",42],
        ["100.2","0.30000000",1767257184.7392,"b","m","",43],
        ["100.2","0.40000000",1767257190.0001,"s","l","",44]""";
    byte[] body = ("{\"error\":[],\"result\":{\"XXBTZUSD\":[" + rows + "],\"last\":\"1767257190000100000\"}}").getBytes();
    HttpServer venue = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    venue.createContext("/", question -> {
      question.getResponseHeaders().add("Content-Type", "application/json");
      question.sendResponseHeaders(200, body.length);
      question.getResponseBody().write(body);
      question.close();
    });
    venue.start();
    try {
      ExchangeSpecification specification = new ExchangeSpecification(KrakenExchange.class);
      specification.setSslUri("http://127.0.0.1:" + venue.getAddress().getPort());
      specification.setHost("127.0.0.1");
      specification.setShouldLoadRemoteMetaData(false);
      Exchange kraken = ExchangeFactory.INSTANCE.createExchange(specification);
      List<String> ids = kraken.getMarketDataService().getTrades(new CurrencyPair("BTC/USD"))
          .getTrades().stream().map(Trade::getId).toList();
      System.out.println("numbers of the venue: 41 42 43 44");
      System.out.println("ids of the library:   " + String.join(" ", ids));
      boolean same = ids.size() == 4 && ids.stream().distinct().count() == 2
          && ids.contains("17672571847392") && ids.contains("17672571900001");
      System.out.println(same ? "as written down" : "this has changed");
      System.exit(same ? 0 : 1);
    } finally {
      venue.stop(0);
    }
  }
}
J
java -cp "$(cat "$work/classpath")" "$work/Finding.java"
