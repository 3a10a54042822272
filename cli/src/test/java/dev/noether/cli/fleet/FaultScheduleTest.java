package dev.noether.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.testing.RandomizedTest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules that the faults of every fleet obey, on random fleets. */
class FaultScheduleTest extends RandomizedTest {
    private static final int CASES = 100;

    @Test
    void everyFaultLiesInTheLivePartAwayFromItsEnds() {
        forRandomFleets((options, faults) -> assertThat(faults).allSatisfy(fault -> {
            long liveEnd = options.historyMinutes() + options.liveMinutes();
            assertThat(fault.start()).isGreaterThanOrEqualTo(options.historyMinutes() + FaultSchedule.REST_MINUTES);
            assertThat(fault.end()).isLessThanOrEqualTo(liveEnd - FaultSchedule.REST_MINUTES);
        }));
    }

    @Test
    void everyFaultHasTheLengthAndTheFeaturesOfItsKind() {
        forRandomFleets((options, faults) -> assertThat(faults).allSatisfy(fault -> {
            assertThat(fault.minutes())
                    .isBetween(fault.kind().shortestMinutes(), fault.kind().longestMinutes());
            List<List<String>> choices = fault.kind().choices().stream()
                    .map(metrics ->
                            metrics.stream().map(ServerMetric::featureName).toList())
                    .toList();
            assertThat(choices).contains(fault.features());
        }));
    }

    @Test
    void theKindsAlternate() {
        forRandomFleets((options, faults) -> {
            Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
            for (FaultKind kind : FaultKind.values()) {
                counts.put(kind, 0);
            }
            faults.forEach(fault -> counts.merge(fault.kind(), 1, Integer::sum));
            assertThat(faults).hasSize(options.faults());
            int least = options.faults() / FaultKind.values().length;
            assertThat(counts.values()).allMatch(count -> count == least || count == least + 1);
        });
    }

    @Test
    void faultsOfOneServerAreAtLeastAnHourApart() {
        forRandomFleets((options, faults) -> {
            for (LabelledFault one : faults) {
                for (LabelledFault other : faults) {
                    if (one != other && one.entity().equals(other.entity()) && one.start() <= other.start()) {
                        assertThat(other.start() - one.end()).isGreaterThanOrEqualTo(FaultSchedule.REST_MINUTES);
                    }
                }
            }
        });
    }

    @Test
    void aFaultMustEndAfterItsStart() {
        assertThatThrownBy(() -> new LabelledFault("web-01", FaultKind.SPIKE, List.of("error_rate"), 5, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`start` must be before `end` (got 5 and 5)");
    }

    private interface Check {
        void accept(FleetOptions options, List<LabelledFault> faults);
    }

    private static void forRandomFleets(Check check) {
        RandomGenerator random = random();
        for (int i = 0; i < CASES; i++) {
            int liveMinutes = random.nextInt(FaultSchedule.SHORTEST_LIVE_PART, 3_000);
            int entities = random.nextInt(1, 40);
            int faults = Math.max(1, Math.min(entities * liveMinutes / 800, liveMinutes / 60));
            FleetOptions options =
                    new FleetOptions(entities, random.nextInt(10_000), liveMinutes, faults, random.nextLong());
            ServerProfile[] profiles = IntStream.range(0, entities)
                    .mapToObj(entity -> ServerProfile.of(entity, new HashedNoise(options.seed())))
                    .toArray(ServerProfile[]::new);
            check.accept(options, FaultSchedule.of(options, profiles).faults());
        }
    }
}
