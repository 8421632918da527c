package dev.candles.sources.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Market;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of markets with fields that are not there, and with nothing that is open. */
class CatalogueTest {
  private static List<Market> markets(String venue, String body) throws IOException {
    return Venues.byName(venue).orElseThrow().decodeCatalogue(200, body.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "coinbase | [{'id':'A-USD','base_currency':'A','quote_currency':'USD','status':'online'}]",
        "coinbase | [{'id':'A-USD','base_currency':'A','quote_currency':'USD','status':'online',"
            + "'trading_disabled':null}]",
        "kraken   | {'error':[],'result':{'x':{'wsname':'A/USD','altname':'AUSD'}}}",
        "okx      | {'code':'0','data':[{'instId':'A-USD','state':'live'}]}"
      })
  void anOptionalFieldThatIsAbsentClosesNoMarket(String venue, String body) throws IOException {
    assertThat(markets(venue, body)).extracting(Market::symbol).containsExactly("A-USD");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "coinbase | [{'id':'A-USD','base_currency':'A','quote_currency':'USD','status':'delisted'},"
            + "{'id':'B-USD','base_currency':'B','quote_currency':'USD','status':'online',"
            + "'trading_disabled':true},{'id':'C-USD','base_currency':'C','quote_currency':'USD',"
            + "'status':'online','trading_disabled':'yes'},{'id':'d-USD','base_currency':'d',"
            + "'quote_currency':'USD','status':'online'}] | entries=4, status not online: 1,"
            + " trading disabled: 2, id not of base and quote in A-Z and 0-9: 1",
        "kraken | {'error':[],'result':{'w':{},'x':{'wsname':'Ax/USD','altname':'AxUSD'},"
            + "'y':{'wsname':'B/USD','altname':'BUSD','status':'delisted'},"
            + "'z':{'wsname':'C/USD','altname':'CUSD.d'}}} | entries=4, no wsname: 1, name not in"
            + " A-Z and 0-9: 1, status delisted: 1, altname not of base and quote: 1",
        "okx | {'code':'0','data':[{'instType':'SPOT','instId':'A-USD','state':'suspend'},"
            + "{'instType':'SWAP','instId':'A-USD-SWAP','state':'live'}]} | entries=2, state not"
            + " live: 1, instType not SPOT: 1",
        "coinbase | [] | entries=0"
      })
  void aListWithNothingOpenSaysWhatLeftHowManyOut(String venue, String body, String why) {
    assertThatThrownBy(() -> markets(venue, body))
        .isInstanceOf(IOException.class)
        .hasMessage("catalogue lists no open market: " + why);
  }

  @Test
  void okxsWrongUrlPointsToTheAddressOfTheFeed() {
    String message =
        "{\"event\":\"error\",\"code\":\"60018\",\"msg\":\"Wrong URL or channel:candle1m,"
            + "instId:ETH-USDT doesn't exist.\",\"connId\":\"a1\"}";
    List<Decoded> said = new ArrayList<>();
    Venues.byName("okx").orElseThrow().decode(message, 1_772_697_600_000L, said::add);

    assertThat(said)
        .singleElement()
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> {
              assertThat(refused.symbol()).isEqualTo("ETH-USDT");
              assertThat(refused.detail())
                  .startsWith(
                      "no such market, or ws_url is not the address that ends in"
                          + " /ws/v5/business: code=60018 msg=Wrong URL");
            });
  }

  /** What a list may cost is bounded by what is kept of it, not by what the venue adds to it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "coinbase | [%s{'id':'A-USD','base_currency':'A','quote_currency':'USD','status':'online',"
            + "'more':[%s]}] | {'id':{}},",
        "kraken   | {'error':[],'result':{%s'x':{'wsname':'A/USD','altname':'AUSD','more':[%s]}}}"
            + " | '#':{'altname':{}},"
      })
  void aListMayHaveMuchThatDoesNotMatterAndOnlySoMuchThatDoes(
      String venue, String body, String entry) throws IOException {
    String numbers = "1,".repeat(200_000) + "1";
    assertThat(markets(venue, String.format(Locale.ROOT, body, "", numbers))).hasSize(1);
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      entries.append(entry.replace("#", Integer.toString(i)));
    }
    assertThatThrownBy(() -> markets(venue, String.format(Locale.ROOT, body, entries, "1")))
        .isInstanceOf(IOException.class)
        .hasMessage("more than 100000 values");
  }
}
