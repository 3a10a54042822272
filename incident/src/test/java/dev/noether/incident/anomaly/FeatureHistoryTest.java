package dev.noether.incident.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.schemas.Cause;
import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The features of an open incident: their ranking, their last rows, and the bytes of the whole incident. */
class FeatureHistoryTest extends RandomizedTest {
    private static final SeverityBands BANDS = new SeverityBands(1, 2, 4);

    private final FeatureHistory history = new FeatureHistory();

    @Test
    void theLastRowsAreKeptInTheirOrder() {
        for (int i = 1; i <= 20; i++) {
            history.add(List.of(of("cpu", i, i * 10, 1)));
            int first = Math.max(1, i - FeatureHistory.ROWS + 1);
            float[] observed = new float[i - first + 1];
            float[] expected = new float[observed.length];
            for (int j = 0; j < observed.length; j++) {
                observed[j] = first + j;
                expected[j] = (first + j) * 10;
            }
            assertThat(history.observed("cpu")).containsExactly(observed);
            assertThat(history.expected("cpu")).containsExactly(expected);
        }
    }

    @Test
    void anUnknownFeatureHasNoRowsAndNoRank() {
        assertThat(history.observed("cpu")).isEmpty();
        assertThat(history.expected("cpu")).isEmpty();
        assertThat(history.rank("cpu")).isZero();
        assertThat(history.repeats("cpu")).isZero();
    }

    /** The deviation of a fall is negative. */
    @Test
    void aLargeFallLeadsBeforeASmallRise() {
        history.add(List.of(of("cpu", 10, 1, 5), of("requests", 0, 90, -40)));
        history.add(List.of(of("requests", 20, 90, -30)));
        assertThat(history.leading(8)).extracting(Cause::feature).containsExactly("requests", "cpu");
        assertThat(history.leading(8).get(0)).isEqualTo(new Cause("requests", -40, 0, 90, 0, 1));
        assertThat(history.leadingWith(List.of(of("cpu", 99, 1, 50))))
                .extracting(Cause::feature)
                .containsExactly("cpu", "requests");
        assertThat(history.leading(8).get(0).feature()).as("nothing was added").isEqualTo("requests");
    }

    @Test
    void aCauseHasTheValuesOfItsLargestDeviation() {
        history.add(List.of(of("cpu", 10, 1, 5)));
        history.add(List.of(of("cpu", 30, 2, 50)));
        history.add(List.of(of("cpu", 20, 3, 6)));
        assertThat(history.leading(8)).containsExactly(new Cause("cpu", 50, 30, 2, 0, 1));
    }

    @Test
    void withoutADeviationTheShareOfTheScoreRanks() {
        history.add(List.of(
                new FeatureEvidence("a", 0.2f, 1, 2, 0, 0, 1),
                new FeatureEvidence("b", 0.7f, 1, 2, 0, 0, 1),
                new FeatureEvidence("c", 0.1f, 1, 2, Float.NaN, 0, 1)));
        assertThat(history.leading(8)).extracting(Cause::feature).containsExactly("b", "a", "c");
        assertThat(history.rank("b")).isEqualTo(0.7f);
    }

    @Test
    void stuckFeaturesComeFirstAndEqualOnesInTheOrderOfTheirNames() {
        history.add(List.of(
                of("z", 1, 2, 900),
                of("y", 1, 2, 3),
                of("x", 1, 2, 3),
                new FeatureEvidence("stuck", 0.1f, 1, 2, 1, 0, 1, 20)));
        history.add(List.of(new FeatureEvidence("stuck", 0.1f, 1, 2, 1, 0, 1, 0)));
        assertThat(history.leading(8)).extracting(Cause::feature).containsExactly("stuck", "z", "x", "y");
        assertThat(history.leading(2)).hasSize(2);
        assertThat(history.repeats("stuck")).isEqualTo(20);
    }

    /** After each step, an incident that is written and read back has the same bytes and the same causes. */
    @Test
    void anOpenIncidentIsReadAsItWasWrittenAfterEachStep(RandomGenerator random) throws IOException {
        OpenAnomaly plain = null;
        OpenAnomaly restored = null;
        for (int step = 0; step < 200; step++) {
            Evidence evidence = evidence(random, step);
            if (plain == null || restored == null) {
                plain = new OpenAnomaly(evidence);
                restored = new OpenAnomaly(evidence);
            }
            plain.add(evidence, BANDS);
            restored.add(evidence, BANDS);
            byte[] bytes = bytes(plain);
            restored = read(bytes(restored));
            assertThat(bytes(restored)).as("step %d", step).isEqualTo(bytes);
            assertThat(restored.features.leading(8)).isEqualTo(plain.features.leading(8));
            assertThat(restored.peak()).isEqualTo(plain.peak());
        }
    }

    @Test
    void aCopyDoesNotFollowItsOriginal(RandomGenerator random) throws IOException {
        OpenAnomaly open = new OpenAnomaly(evidence(random, 0));
        open.add(evidence(random, 0), BANDS);
        byte[] before = bytes(open);
        OpenAnomaly copy = open.copy();
        open.add(evidence(random, 1), BANDS);
        assertThat(bytes(copy)).isEqualTo(before).isNotEqualTo(bytes(open));
    }

    @Test
    void bytesThatEndTooEarlyAreRefused(RandomGenerator random) throws IOException {
        OpenAnomaly open = new OpenAnomaly(evidence(random, 0));
        for (int step = 0; step < 4; step++) {
            open.add(evidence(random, step), BANDS);
        }
        byte[] whole = bytes(open);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).as("cut to %d bytes", length).isInstanceOf(EOFException.class);
        }
    }

    private static Evidence evidence(RandomGenerator random, int step) {
        List<FeatureEvidence> features = new ArrayList<>();
        for (int j = random.nextInt(4); j >= 0; j--) {
            float deviation = random.nextInt(4) == 0 ? Float.NaN : random.nextFloat() * 50;
            int repeats = random.nextInt(10) == 0 ? random.nextInt(40) : 0;
            features.add(new FeatureEvidence(
                    "Größe " + j, random.nextFloat(), random.nextFloat(), Float.NaN, deviation, 0, 1, repeats));
        }
        double score = random.nextInt(5) == 0 ? Double.NaN : 5 + random.nextDouble() * 6;
        String suppressed = random.nextBoolean() ? null : "maintenance: step " + step;
        String hash = random.nextBoolean() ? null : "ab" + step;
        return new Evidence(
                step * 1_000L, score, 5, random.nextDouble(), 7, features, suppressed, finding(random), hash);
    }

    private static ShapeFinding finding(RandomGenerator random) {
        return random.nextBoolean()
                ? null
                : new ShapeFinding("Größe 0", ShapeDifference.WIDTH, random.nextFloat(), 2, 92, 46, 20, 11);
    }

    private static FeatureEvidence of(String name, float observed, float expected, float deviation) {
        return new FeatureEvidence(name, 0.5f, observed, expected, deviation, 0, 1);
    }

    private static byte[] bytes(OpenAnomaly open) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        open.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static OpenAnomaly read(byte[] bytes) throws IOException {
        return OpenAnomaly.read(new DataInputStream(new ByteArrayInputStream(bytes)), OpenAnomaly.StateContent.ALL);
    }
}
