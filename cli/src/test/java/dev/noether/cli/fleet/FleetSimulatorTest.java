package dev.noether.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All tests use one seed, which -Dnoether.seed=… changes, so a failure can be repeated. */
final class FleetSimulatorTest {
    private static final int MINUTES_PER_DAY = 24 * 60;
    private static final long SEED = Long.getLong("noether.seed", 1);
    private static final FleetOptions OPTIONS = FleetOptions.defaults().withSeed(SEED);
    private static final FleetSimulator FLEET = new FleetSimulator(OPTIONS);
    private static final FleetSimulator UNDISTURBED = new FleetSimulator(OPTIONS.withFaults(0));
    private static final int WIDTH = FleetSimulator.featureNames().size();

    @BeforeAll
    static void printTheSeed() {
        System.out.println("fleet of seed " + SEED + ", again with -Dnoether.seed=" + SEED);
    }

    @Test
    void theDefaultFleetIsLargeEnoughAndItsNamesAreUnique() {
        assertThat(FLEET.entityNames()).hasSizeGreaterThanOrEqualTo(50).doesNotHaveDuplicates();
        assertThat(FleetSimulator.featureNames()).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void aSeedDeterminesEveryRowInAnyOrder() {
        FleetSimulator again = new FleetSimulator(OPTIONS);
        FleetSimulator other = new FleetSimulator(OPTIONS.withSeed(SEED + 1));
        assertThat(again.faults()).isEqualTo(FLEET.faults()).isNotEqualTo(other.faults());
        for (long minute = FLEET.liveEnd() - 1; minute >= 0; minute -= 97) {
            int entity = (int) (minute % OPTIONS.entities());
            assertThat(rowOrNull(again, entity, minute)).isEqualTo(rowOrNull(FLEET, entity, minute));
            assertThat(rowOrNull(other, entity, minute)).isNotEqualTo(rowOrNull(UNDISTURBED, entity, minute));
        }
    }

    @Test
    void valuesArePossible() {
        for (int entity = 0; entity < OPTIONS.entities(); entity++) {
            for (long minute = 0; minute < FLEET.liveEnd(); minute += 13) {
                float[] row = rowOrNull(FLEET, entity, minute);
                for (int feature = 0; row != null && feature < WIDTH; feature++) {
                    float ceiling =
                            FleetSimulator.featureNames().get(feature).endsWith("percent") ? 100 : Float.MAX_VALUE;
                    assertThat(row[feature]).isBetween(0f, ceiling);
                }
            }
        }
    }

    @Test
    void metricsFollowTheLoad() {
        for (int entity = 0; entity < OPTIONS.entities(); entity++) {
            double[] requests = normalSeries(entity, "request_rate", 0, 2 * MINUTES_PER_DAY);
            for (String feature : List.of(
                    "cpu_percent", "load_average", "network_in_megabytes", "network_out_megabytes", "connections")) {
                assertThat(correlation(requests, normalSeries(entity, feature, 0, 2 * MINUTES_PER_DAY)))
                        .as("%s of %s", feature, FLEET.entityNames().get(entity))
                        .isGreaterThan(0.9);
            }
        }
    }

    @Test
    void daysAreSimilarAndTheWeekendIsQuieter() {
        for (int entity = 0; entity < OPTIONS.entities(); entity++) {
            double[] week = normalSeries(entity, "request_rate", 0, 7 * MINUTES_PER_DAY);
            assertThat(correlation(
                            Arrays.copyOfRange(week, 0, 3 * MINUTES_PER_DAY),
                            Arrays.copyOfRange(week, MINUTES_PER_DAY, 4 * MINUTES_PER_DAY)))
                    .isGreaterThan(0.4);
            double working = mean(Arrays.copyOfRange(week, 0, 4 * MINUTES_PER_DAY));
            double weekend = mean(Arrays.copyOfRange(week, 5 * MINUTES_PER_DAY, 6 * MINUTES_PER_DAY));
            assertThat(weekend).isLessThan(0.97 * working);
        }
    }

    @Test
    void noiseGrowsWithTheLevel() {
        for (int entity = 0; entity < OPTIONS.entities(); entity++) {
            double[] series = normalSeries(entity, "network_in_megabytes", 0, 4 * MINUTES_PER_DAY);
            double middle = mean(series);
            double quiet = 0;
            double loud = 0;
            int quietCount = 0;
            for (int i = 1; i < series.length; i++) {
                double step = series[i] - series[i - 1];
                if (series[i - 1] < middle) {
                    quiet += step * step;
                    quietCount++;
                } else {
                    loud += step * step;
                }
            }
            assertThat(loud / (series.length - 1 - quietCount)).isGreaterThan(1.5 * quiet / quietCount);
        }
    }

    @Test
    void serversHaveDifferentLevels() {
        double[] means = IntStream.range(0, OPTIONS.entities())
                .mapToDouble(entity -> mean(normalSeries(entity, "memory_percent", 0, MINUTES_PER_DAY)))
                .toArray();
        assertThat(Arrays.stream(means).max().orElseThrow()
                        - Arrays.stream(means).min().orElseThrow())
                .isGreaterThan(15);
    }

    @Test
    void everyKindIsScheduledInTheLivePartOnly() {
        assertThat(FLEET.faults()).hasSize(24).allSatisfy(fault -> {
            assertThat(fault.start()).isGreaterThanOrEqualTo(FLEET.liveStart() + FaultSchedule.REST_MINUTES);
            assertThat(fault.end()).isLessThanOrEqualTo(FLEET.liveEnd());
        });
        assertThat(FLEET.faults().stream().map(LabelledFault::start)).isSorted();
        assertThat(FLEET.faults().stream().map(LabelledFault::kind).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(FaultKind.class));
    }

    @Test
    void oneServerHasAnHourBetweenItsFaults() {
        FleetSimulator busy = new FleetSimulator(OPTIONS.withEntities(12).withFaults(30));
        for (String entity : busy.entityNames()) {
            List<LabelledFault> own = busy.faults().stream()
                    .filter(fault -> fault.entity().equals(entity))
                    .toList();
            for (int i = 1; i < own.size(); i++) {
                assertThat(own.get(i).start() - own.get(i - 1).end())
                        .isGreaterThanOrEqualTo(FaultSchedule.REST_MINUTES);
            }
        }
    }

    @Test
    void rowsDifferFromNormalOnlyInLabelledMinutesAndAffectedFeatures() {
        for (int entity = 0; entity < OPTIONS.entities(); entity++) {
            for (long minute = 0; minute < FLEET.liveEnd(); minute++) {
                boolean inHistory = minute < FLEET.liveStart();
                if (inHistory && minute % 7 != 0) {
                    continue;
                }
                float[] expected = rowOrNull(UNDISTURBED, entity, minute);
                float[] actual = rowOrNull(FLEET, entity, minute);
                if (!FLEET.isFaulty(entity, minute)) {
                    assertThat(FLEET.faultAt(entity, minute)).isEmpty();
                    assertThat(actual).isEqualTo(expected);
                    continue;
                }
                assertThat(inHistory).isFalse();
                LabelledFault fault = FLEET.faultAt(entity, minute).orElseThrow();
                assertThat(fault.entity()).isEqualTo(FLEET.entityNames().get(entity));
                if (fault.kind() == FaultKind.SILENCE) {
                    assertThat(actual).isNull();
                    continue;
                }
                Set<String> affected = Set.copyOf(fault.features());
                for (int feature = 0; feature < WIDTH; feature++) {
                    if (!affected.contains(FleetSimulator.featureNames().get(feature))) {
                        assertThat(actual[feature]).isEqualTo(expected[feature]);
                    }
                }
            }
        }
    }

    @Test
    void aSpikeIsHighestAtItsStartAndFalls() {
        forEach(FaultKind.SPIKE, (fault, feature, entity) -> {
            double[] excess = excess(fault, feature, entity);
            double deviation = deviation(normalSeries(entity, feature, 0, 7 * MINUTES_PER_DAY));
            assertThat(excess[0] / deviation).isCloseTo(FaultKind.SPIKE_HEIGHT, within(0.5));
            assertThat(excess).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        });
    }

    @Test
    void aLevelShiftIsConstant() {
        forEach(FaultKind.LEVEL_SHIFT, (fault, feature, entity) -> {
            double deviation = deviation(normalSeries(entity, feature, 0, 7 * MINUTES_PER_DAY));
            for (double value : excess(fault, feature, entity)) {
                assertThat(value / deviation).isCloseTo(FaultKind.SHIFT_HEIGHT, within(0.5));
            }
        });
    }

    @Test
    void aSlowDriftIsAStraightLineFromZero() {
        forEach(FaultKind.SLOW_DRIFT, (fault, feature, entity) -> {
            double deviation = deviation(normalSeries(entity, feature, 0, 7 * MINUTES_PER_DAY));
            double[] excess = excess(fault, feature, entity);
            double slope = excess[excess.length - 1] / (excess.length - 1);
            assertThat(slope * excess.length / deviation).isCloseTo(FaultKind.DRIFT_HEIGHT, within(0.6));
            for (int i = 0; i < excess.length; i++) {
                assertThat(excess[i]).isCloseTo(slope * i, within(1e-3 * deviation));
            }
        });
    }

    @Test
    void aStuckValueIsExactlyTheLastNormalValue() {
        forEach(FaultKind.STUCK_VALUE, (fault, feature, entity) -> {
            double[] series = series(FLEET, entity, feature, fault.start() - 1, fault.minutes() + 1);
            assertThat(series).containsOnly(series[0]);
            assertThat(normalSeries(entity, feature, fault.start(), fault.minutes()))
                    .doesNotHaveDuplicates();
        });
    }

    @Test
    void aBrokenCorrelationKeepsTheRangeAndLosesTheRelation() {
        forEach(FaultKind.BROKEN_CORRELATION, (fault, feature, entity) -> {
            double[] broken = series(FLEET, entity, feature, fault.start(), fault.minutes());
            double[] week = normalSeries(entity, feature, 0, 7 * MINUTES_PER_DAY);
            double reach = 2.5 * deviation(week);
            assertThat(Arrays.stream(broken)).allMatch(value -> Math.abs(value - mean(week)) < reach);

            // The number of connections follows the load and is never affected by this kind.
            double[] connections = normalSeries(entity, "connections", 0, 7 * MINUTES_PER_DAY);
            double slope = correlation(connections, week) * deviation(week) / deviation(connections);
            double intercept = mean(week) - slope * mean(connections);
            double[] during = normalSeries(entity, "connections", fault.start(), fault.minutes());
            double usual = rootMeanSquare(residuals(slope, intercept, connections, week));
            double unusual = rootMeanSquare(residuals(slope, intercept, during, broken));
            assertThat(unusual).isGreaterThan(2.5 * usual);
        });
    }

    @Test
    void silenceHasNoRowsAndRowsOnBothSides() {
        List<LabelledFault> silences = FLEET.faults().stream()
                .filter(fault -> fault.kind() == FaultKind.SILENCE)
                .toList();
        assertThat(silences).isNotEmpty().allSatisfy(silence -> {
            int entity = FLEET.entityNames().indexOf(silence.entity());
            assertThat(rowOrNull(FLEET, entity, silence.start() - 1)).isNotNull();
            assertThat(rowOrNull(FLEET, entity, silence.end())).isNotNull();
            for (long minute = silence.start(); minute < silence.end(); minute++) {
                float[] untouched = new float[WIDTH];
                assertThat(FLEET.row(entity, minute, untouched)).isFalse();
                assertThat(untouched).containsOnly(0);
            }
        });
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> FLEET.row(0, 0, new float[3])).hasMessage("`row` must be of length 12 (got 3)");
        assertThatThrownBy(() -> FLEET.row(60, 0, new float[12])).hasMessage("`entity` must be in [0, 60) (got 60)");
        assertThatThrownBy(() -> FLEET.row(0, -1, new float[12])).hasMessage("`minute` must be at least 0 (got -1)");
        assertThatThrownBy(() -> OPTIONS.withLiveMinutes(100))
                .hasMessage("`liveMinutes` must be at least 360 to have room for faults (got 100)");
        assertThatThrownBy(() -> OPTIONS.withEntities(0)).hasMessage("`entities` must be at least 1 (got 0)");
        assertThatThrownBy(() -> new FleetSimulator(OPTIONS.withEntities(1).withFaults(100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`faults` must be smaller");
    }

    private interface Check {
        void accept(LabelledFault fault, String feature, int entity);
    }

    /** Calls the check for every affected feature of every fault of the kind. */
    private static void forEach(FaultKind kind, Check check) {
        List<LabelledFault> faults =
                FLEET.faults().stream().filter(fault -> fault.kind() == kind).toList();
        assertThat(faults).isNotEmpty();
        for (LabelledFault fault : faults) {
            assertThat(fault.features()).isNotEmpty();
            for (String feature : fault.features()) {
                check.accept(fault, feature, FLEET.entityNames().indexOf(fault.entity()));
            }
        }
    }

    private static double[] excess(LabelledFault fault, String feature, int entity) {
        return difference(
                series(FLEET, entity, feature, fault.start(), fault.minutes()),
                normalSeries(entity, feature, fault.start(), fault.minutes()));
    }

    private static double[] normalSeries(int entity, String feature, long start, int length) {
        return series(UNDISTURBED, entity, feature, start, length);
    }

    private static double[] series(FleetSimulator fleet, int entity, String feature, long start, int length) {
        int index = FleetSimulator.featureNames().indexOf(feature);
        double[] series = new double[length];
        float[] row = new float[WIDTH];
        for (int i = 0; i < length; i++) {
            assertThat(fleet.row(entity, start + i, row)).isTrue();
            series[i] = row[index];
        }
        return series;
    }

    private static float[] rowOrNull(FleetSimulator fleet, int entity, long minute) {
        float[] row = new float[WIDTH];
        return fleet.row(entity, minute, row) ? row : null;
    }

    private static double[] residuals(double slope, double intercept, double[] x, double[] y) {
        return IntStream.range(0, x.length)
                .mapToDouble(i -> y[i] - slope * x[i] - intercept)
                .toArray();
    }

    private static double[] difference(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double rootMeanSquare(double[] values) {
        return Math.sqrt(
                Arrays.stream(values).map(value -> value * value).average().orElseThrow());
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return rootMeanSquare(Arrays.stream(values).map(value -> value - mean).toArray());
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double product = IntStream.range(0, a.length)
                .mapToDouble(i -> (a[i] - meanA) * (b[i] - meanB))
                .average()
                .orElseThrow();
        return product / (deviation(a) * deviation(b));
    }
}
