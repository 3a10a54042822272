package dev.noether.incident.anomaly;

import static dev.noether.incident.tracker.TrackerHarness.evidence;
import static dev.noether.incident.tracker.TrackerHarness.feature;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Incident;
import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact sentence of each kind of anomaly, while it is open and when it is over. */
class AnomalySentencesTest {
    private static final String DEVIATIONS = " standard deviations of normal variation)";
    private static final float UNKNOWN = Float.NaN;

    private final List<Incident> reports = new ArrayList<>();
    private final AnomalyTracker tracker =
            new AnomalyTracker("fleet", new AnomalyOptions(60_000, new SeverityBands(1, 2, 4)), reports::add);
    private OpenAnomaly open;
    private int second;

    @Test
    void twoObservationsAreASpikeAndThreeAreNot() {
        add(feature("cpu", 100, 90, 5));
        add(feature("cpu", 90, 80, 5));
        assertThat(resolved())
                .isEqualTo("web-1: cpu jumped to 90 for 2 observations, expected 5 (usual range 4 to 6);"
                        + " over after 1 s");
        add(feature("cpu", 90, 70, 5));
        assertThat(resolved()).isEqualTo("web-1: cpu is 90, expected 5 (usual range 4 to 6); over after 2 s");
    }

    @Test
    void aSpikeIsNotNamedWhileItMayStillLast() {
        add(feature("cpu", 100, 90, 5));
        assertThat(reports.get(0).description())
                .isEqualTo("web-1: cpu is 90, expected 5 (usual range 4 to 6); since 1970-01-01T00:00:00Z");
        assertThat(reports.get(0).diagnosis().shape()).isEqualTo(BreakShape.UNKNOWN);
    }

    /** The reconstruction of a value of 500 times the usual one is about as large. */
    @Test
    void anExpectationThatFollowsTheValueIsNotTold() {
        add(new FeatureEvidence("latency", 1, 10_500, 17_150, 900, 19.65f, 22.54f));
        assertThat(resolved())
                .isEqualTo("web-1: latency jumped to 10500 for one observation, usual range 19.65 to 22.54;"
                        + " over after one observation");
    }

    @Test
    void anExpectationBelowTheUsualRangeIsNotToldEither() {
        add(new FeatureEvidence("latency", 1, 3, 1, 900, 19.65f, 22.54f));
        assertThat(resolved()).contains("latency jumped to 3 for one observation, usual range 19.65 to 22.54;");
    }

    /** Other features may expect a value outside of the usual range; that it did not come is the anomaly. */
    @Test
    void anExpectationOutsideOfTheUsualRangeIsToldIfTheValueIsWithin() {
        add(new FeatureEvidence("latency", 1, 20, 60, 900, 19.65f, 22.54f));
        assertThat(resolved()).contains("20 for one observation, expected 60 (usual range 19.65 to 22.54);");
    }

    @Test
    void aDriftDownIsNamedWithItsDirection() {
        for (int i = 0; i < 6; i++) {
            add(feature("fuel", 10 + i, 48 - 8 * i, 50));
        }
        assertThat(resolved())
                .isEqualTo("web-1: fuel drifts down to 8, expected 50 (usual range 49 to 51); over after 5 s");
    }

    @Test
    void aLevelBelowTheExpectedValueStays() {
        for (int i = 0; i < 6; i++) {
            add(feature("fuel", 100 - i, 10 + i % 2, 50));
        }
        assertThat(resolved()).isEqualTo("web-1: fuel stays at 10, expected 50 (usual range 49 to 51); over after 5 s");
    }

    @Test
    void valuesThatChangeSidesHaveNoShape() {
        for (int i = 0; i < 6; i++) {
            add(feature("fuel", 100 - i, i % 2 == 0 ? 90 : 10, 50));
        }
        assertThat(resolved()).isEqualTo("web-1: fuel is 90, expected 50 (usual range 49 to 51); over after 5 s");
    }

    @Test
    void equalValuesAreStuckOnlyIfOthersWereExpected() {
        for (int i = 0; i < 3; i++) {
            add(feature("fuel", 100 - i, 40, 50 + i));
        }
        assertThat(resolved()).startsWith("web-1: fuel is stuck at 40, expected 50 (usual range 49 to 51)");
    }

    @Test
    void twoEqualValuesAreNotStuck() {
        add(feature("fuel", 100, 40, 50));
        add(feature("fuel", 99, 40, 60));
        assertThat(resolved()).startsWith("web-1: fuel jumped to 40 for 2 observations");
    }

    @Test
    void aStuckFeatureWithoutAValueIsNamedWithoutOne() {
        add(new FeatureEvidence("fuel", 0.5f, UNKNOWN, UNKNOWN, 0, UNKNOWN, UNKNOWN, 30));
        assertThat(resolved())
                .isEqualTo(
                        "web-1: fuel is stuck for 30 observations, which is unusually long; over after one observation");
    }

    @Test
    void withoutARangeOnlyTheExpectedValueIsNamed() {
        add(new FeatureEvidence("cpu", 0.5f, 90, 5.25f, 4, UNKNOWN, UNKNOWN));
        assertThat(resolved())
                .isEqualTo("web-1: cpu jumped to 90 for one observation, expected 5.25; over after one observation");
    }

    @Test
    void anEmptyRangeIsNotNamed() {
        add(new FeatureEvidence("cpu", 0.5f, 90, 5, 4, 5, 5));
        assertThat(resolved()).doesNotContain("usual range");
    }

    @Test
    void atMostThreeOtherFeaturesAreNamed() {
        add(
                feature("a", 9, 90, 5),
                feature("b", 8, 90, 5),
                feature("c", 7, 90, 5),
                feature("d", 6, 90, 5),
                feature("e", 5, 90, 5));
        assertThat(resolved()).contains("; also unusual: b, c, d; over after");
    }

    @Test
    void aBrokenRelationNeedsTwoFeaturesInTheirRanges() {
        add(inRange("cpu", 100), inRange("requests", 25));
        assertThat(resolved())
                .isEqualTo("web-1: cpu and requests do not fit together: cpu is 40, expected 60 (usual range 0 to 100);"
                        + " requests is 40, expected 60 (usual range 0 to 100); over after one observation");
    }

    @Test
    void aWeakSecondFeatureIsNoBrokenRelation() {
        add(inRange("cpu", 100), inRange("requests", 24));
        assertThat(resolved())
                .isEqualTo("web-1: cpu jumped to 40 for one observation, expected 60 (usual range 0 to 100);"
                        + " also unusual: requests; over after one observation");
    }

    @Test
    void aFeatureOutsideItsRangeIsNoBrokenRelation() {
        add(inRange("cpu", 100), feature("requests", 90, 40, 60));
        assertThat(resolved()).startsWith("web-1: cpu jumped to 40");
        assertThat(reports.get(reports.size() - 1).diagnosis().shape()).isEqualTo(BreakShape.SPIKE);
    }

    @Test
    void withoutFeaturesTheScoreIsNamed() {
        add();
        add();
        assertThat(resolved()).isEqualTo("web-1: the anomaly score rose to 6, the threshold is 5; over after 1 s");
    }

    @Test
    void longIncidentsHaveTwoUnits() {
        add(feature("cpu", 100, 90, 5));
        second = 93_784;
        add(feature("cpu", 90, 80, 5));
        assertThat(resolved()).endsWith("; over after 1 d 2 h");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OFFSET    | 3.24 | is higher than usual | 3.2
            OFFSET    | -3.2 | is lower than usual | 3.2
            TREND     | 4    | rises more than usual | 4.0
            TREND     | -4   | falls more than usual | 4.0
            AMPLITUDE | 5    | has larger swings than usual | 5.0
            AMPLITUDE | -5   | has smaller swings than usual | 5.0
            SHIFT     | 6    | came later than usual | 6.0
            SHIFT     | -6   | came earlier than usual | 6.0
            WIDTH     | 7    | is wider than usual | 7.0
            WIDTH     | -7   | is narrower than usual | 7.0
            TIMING    | 8    | has an uneven timing | 8.0
            TIMING    | -8   | has an uneven timing | 8.0
            SHAPE     | 2    | has another shape than usual in the third quarter |
            SHAPE     | -2   | has another shape than usual in the third quarter |
            """)
    void eachKindOfDifferenceHasItsWords(ShapeDifference kind, float deviations, String words, String size) {
        String end = size == null ? " of the last 46 rows" : " in the last 46 rows (" + size + DEVIATIONS;
        add(finding(kind, deviations, 22, 12), ranged("pulse", 0.5f));
        assertThat(resolved()).isEqualTo("web-1: pulse " + words + end + "; over after one observation");
        assertThat(reports.get(0).diagnosis().shapeFinding()).isEqualTo(finding(kind, deviations, 22, 12));
    }

    @Test
    void allKindsOfDifferencesHaveWords() {
        for (ShapeDifference kind : ShapeDifference.values()) {
            assertThat(ShapeSentences.describe(finding(kind, 1, 22, 12)))
                    .startsWith("pulse ")
                    .contains(" rows");
        }
    }

    @ParameterizedTest
    @CsvSource({"45, 35, first", "34, 23, second", "22, 12, third", "11, 0, last", "13, 2, last", "60, 50, first"})
    void theQuarterIsThatOfTheMiddleOfTheBrokenPart(int from, int to, String quarter) {
        assertThat(ShapeSentences.describe(finding(ShapeDifference.SHAPE, 1, from, to)))
                .isEqualTo("pulse has another shape than usual in the " + quarter + " quarter of the last 46 rows");
    }

    @Test
    void aValueOutsideOfItsRangeFollowsTheShape() {
        add(finding(ShapeDifference.SHIFT, 3, 22, 12), ranged("pulse", 3));
        assertThat(resolved())
                .isEqualTo("web-1: pulse came later than usual in the last 46 rows (3.0 standard deviations of normal"
                        + " variation); pulse jumped to 3 for one observation, expected 0.25 (usual range -1 to 2);"
                        + " over after one observation");
    }

    /** The finding is that of the row with the highest score, even if that row has none. */
    @Test
    void theFindingOfTheStrongestRowIsTold() {
        add(6, finding(ShapeDifference.SHIFT, 3, 22, 12), ranged("pulse", 1));
        add(7, finding(ShapeDifference.WIDTH, -4, 22, 12), ranged("pulse", 1));
        add(6.5, finding(ShapeDifference.OFFSET, 3, 22, 12), ranged("pulse", 1));
        assertThat(resolved()).startsWith("web-1: pulse is narrower than usual in the last 46 rows (4.0 ");
        add(9, null, ranged("pulse", 1));
        assertThat(resolved()).startsWith("web-1: pulse stays at 1, expected 0.25");
        assertThat(reports.get(reports.size() - 1).diagnosis().shapeFinding()).isNull();
    }

    private static ShapeFinding finding(ShapeDifference kind, float deviations, int from, int to) {
        return new ShapeFinding("pulse", kind, deviations, 4.5f, 92, 46, from, to);
    }

    private static FeatureEvidence ranged(String name, float observed) {
        return new FeatureEvidence(name, 1, observed, 0.25f, 4, -1, 2);
    }

    private void add(ShapeFinding finding, FeatureEvidence... features) {
        add(6, finding, features);
    }

    private void add(double score, ShapeFinding finding, FeatureEvidence... features) {
        Evidence evidence = new Evidence(second++ * 1_000L, score, 5, 0.001, 7, List.of(features), null, finding, null);
        open = tracker.add(open, "web-1", evidence, time -> "");
    }

    private static FeatureEvidence inRange(String name, float deviation) {
        return new FeatureEvidence(name, 0.5f, 40, 60, deviation, 0, 100);
    }

    private void add(FeatureEvidence... features) {
        open = tracker.add(open, "web-1", evidence(second++ * 1_000L, 6, features), time -> "");
    }

    private String resolved() {
        tracker.resolve(open, "web-1", second * 1_000L + 60_000, "");
        return reports.get(reports.size() - 1).description();
    }
}
