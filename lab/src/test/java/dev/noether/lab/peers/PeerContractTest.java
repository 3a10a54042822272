package dev.noether.lab.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of a peer, checked for each detector that an evaluation runs. */
final class PeerContractTest extends RandomizedTest {
    private static final int WIDTH = 12;
    private static final int TRAIN = 300;
    private static final int TEST = 40;
    private static final int PERIOD = 25;

    static List<Peer> peers() {
        return PeerCatalog.all();
    }

    @ParameterizedTest
    @MethodSource("peers")
    void givesOneFiniteScoreForEachTestRow(Peer peer) {
        float[] scores = peer.detector().score(train(peer), test(peer));
        assertThat(scores).hasSize(TEST);
        for (float score : scores) {
            assertThat(score).isFinite().isNotNegative();
        }
    }

    @ParameterizedTest
    @MethodSource("peers")
    void theSameRowsGiveTheSameScores(Peer peer) {
        assertThat(peer.detector().score(train(peer), test(peer)))
                .isEqualTo(peer.detector().score(train(peer), test(peer)));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void doesNotChangeItsArguments(Peer peer) {
        Observations train = train(peer);
        Observations test = test(peer);
        peer.detector().score(train, test);
        assertThat(values(train)).isEqualTo(values(train(peer)));
        assertThat(values(test)).isEqualTo(values(test(peer)));
    }

    /** A power of two is exact in floating point, so that only rounding in the standardisation may differ. */
    @ParameterizedTest
    @MethodSource("peers")
    void theUnitOfAFeatureDoesNotMatter(Peer peer) {
        if (peer.name().equals("random")) {
            return;
        }
        float[] scores = peer.detector().score(train(peer), test(peer));
        float[] scaled = peer.detector().score(scaled(train(peer)), scaled(test(peer)));
        int outlier = highest(scores);
        assertThat(highest(scaled)).as("the most anomalous row").isEqualTo(outlier);
        for (int i = 0; i < TEST; i++) {
            assertThat((double) scaled[i])
                    .as("row %d", i)
                    .isBetween(scores[i] - tolerance(scores[i]), scores[i] + tolerance(scores[i]));
        }
    }

    private static double tolerance(double score) {
        return 1e-3 + 0.02 * score;
    }

    @ParameterizedTest
    @MethodSource("peers")
    void aRowFarFromAllOthersHasTheHighestScore(Peer peer) {
        if (peer.name().equals("random")) {
            return;
        }
        assertThat(highest(peer.detector().score(train(peer), test(peer)))).isEqualTo(TEST - 1);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void rowsOfAnotherWidthAreRefused(Peer peer) {
        if (peer.name().equals("random")) {
            return;
        }
        Observations narrow = new Observations(normals(random(), 20), 2);
        assertThatThrownBy(() -> peer.detector().score(train(peer), narrow))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The rows go on: each score is known when its row is. Random scores look at no row. */
    @ParameterizedTest
    @MethodSource("peers")
    void laterRowsDoNotChangeAScore(Peer peer) {
        if (peer.name().equals("random")) {
            return;
        }
        float[] scores = peer.detector().score(train(peer), test(peer));
        Observations test = test(peer);
        int half = TEST / 2;
        Observations start = new Observations(Arrays.copyOf(values(test), half * test.width()), test.width());
        float[] first = peer.detector().score(train(peer), start);
        assertThat(first).hasSize(half);
        for (int i = 0; i < half; i++) {
            // The rows of a block share a matrix product, whose last bits depend on how many they are.
            assertThat(first[i]).as("row %d", i).isCloseTo(scores[i], within(1e-5f + 1e-4f * scores[i]));
        }
    }

    private static Observations train(Peer peer) {
        return isPeriodic(peer)
                ? TestingWaves.of(TestingWaves.wave(random(), TRAIN, PERIOD, 0.05))
                : new Observations(normals(random(), TRAIN * WIDTH), WIDTH);
    }

    /** Whether the peer is for one feature that repeats. */
    private static boolean isPeriodic(Peer peer) {
        return peer.detector() instanceof PeriodicPeer;
    }

    /** Rows like those of the training, but for the last one. */
    private static Observations test(Peer peer) {
        RandomGenerator random = random();
        if (isPeriodic(peer)) {
            float[] all = TestingWaves.wave(random, TRAIN + TEST, PERIOD, 0.05);
            all[all.length - 1] = 30;
            return TestingWaves.of(Arrays.copyOfRange(all, TRAIN, all.length));
        }
        float[] skipped = normals(random, TRAIN * WIDTH);
        float[] rows = normals(random, skipped.length == 0 ? 0 : TEST * WIDTH);
        for (int j = 0; j < WIDTH; j++) {
            rows[(TEST - 1) * WIDTH + j] = 30;
        }
        return new Observations(rows, WIDTH);
    }

    private static Observations scaled(Observations rows) {
        float[] values = values(rows);
        for (int i = 0; i < values.length; i += rows.width()) {
            values[i] *= 1024;
        }
        return new Observations(values, rows.width());
    }

    private static float[] values(Observations rows) {
        float[] values = new float[rows.length() * rows.width()];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.value(i / rows.width(), i % rows.width());
        }
        return values;
    }

    private static int highest(float[] scores) {
        int highest = 0;
        for (int i = 1; i < scores.length; i++) {
            highest = scores[i] > scores[highest] ? i : highest;
        }
        return highest;
    }
}
