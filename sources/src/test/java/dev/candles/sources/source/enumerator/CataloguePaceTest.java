package dev.candles.sources.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.time.MarketClock;
import dev.candles.sources.transport.RestResponse;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CataloguePaceTest {
  private static Stream<Venue> venues() {
    return Venues.names().stream().map(name -> Venues.byName(name).orElseThrow());
  }

  private static CataloguePace with(Venue venue, VenueProfile.Budget budget) {
    VenueProfile p = venue.profile();
    VenueProfile profile =
        new VenueProfile(
            p.name(),
            p.webSocket(),
            p.rest(),
            p.waits(),
            p.finality(),
            p.proofs(),
            p.pageRows(),
            Map.of(venue.catalogueBudget(), budget),
            p.limits());
    return CataloguePace.of(
        venue, new VenueSettings(profile, List.of()), new MarketClock(0, 0, 2.0));
  }

  @ParameterizedTest
  @MethodSource("venues")
  void theBudgetThatIsConfiguredKeepsQuestionsApart(Venue venue) {
    CataloguePace pace =
        with(venue, new VenueProfile.Budget(3, Duration.ofMinutes(1), Duration.ofSeconds(1)));
    assertThat(pace.apartMs()).isEqualTo(10_000);
    pace.asked();
    assertThat(pace.afterFailureMs()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @MethodSource("venues")
  void theVenuesOwnBudgetIsThere(Venue venue) {
    assertThat(venue.profile().budgets()).containsKey(venue.catalogueBudget());
  }

  @Test
  void anAnswerThatIsNoCatalogueCostsThePenaltyOrWhatItAsksFor() {
    CataloguePace pace =
        with(
            Venues.byName("kraken").orElseThrow(),
            new VenueProfile.Budget(1, Duration.ofSeconds(1), Duration.ofSeconds(10)));
    pace.asked();
    pace.answered(RestResponse.ABSENT);
    assertThat(pace.afterFailureMs()).isEqualTo(5_000);
    pace.answered(90_000);
    assertThat(pace.afterFailureMs()).isEqualTo(90_000);
    pace.answered(1);
    assertThat(pace.afterFailureMs()).isEqualTo(5_000);
    pace.asked();
    assertThat(pace.afterFailureMs()).as("no answer: the back-off alone").isEqualTo(500);
  }
}
