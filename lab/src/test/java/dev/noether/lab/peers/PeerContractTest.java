package dev.noether.lab.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of a peer, checked for each detector that an evaluation runs. */
final class PeerContractTest extends RandomizedTest {
    private static final int WIDTH = 12;
    private static final int TRAIN = 300;
    private static final int TEST = 40;

    static List<Peer> peers() {
        return PeerCatalog.all();
    }

    @ParameterizedTest
    @MethodSource("peers")
    void givesOneFiniteScoreForEachTestRow(Peer peer) {
        float[] scores = peer.detector().score(train(), test());
        assertThat(scores).hasSize(TEST);
        for (float score : scores) {
            assertThat(score).isFinite().isNotNegative();
        }
    }

    @ParameterizedTest
    @MethodSource("peers")
    void theSameRowsGiveTheSameScores(Peer peer) {
        assertThat(peer.detector().score(train(), test()))
                .isEqualTo(peer.detector().score(train(), test()));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void doesNotChangeItsArguments(Peer peer) {
        Observations train = train();
        Observations test = test();
        peer.detector().score(train, test);
        assertThat(values(train)).isEqualTo(values(train()));
        assertThat(values(test)).isEqualTo(values(test()));
    }

    /** A power of two is exact in floating point, so that only rounding in the standardisation may differ. */
    @ParameterizedTest
    @MethodSource("peers")
    void theUnitOfAFeatureDoesNotMatter(Peer peer) {
        if (peer.name().equals("random")) {
            return;
        }
        float[] scores = peer.detector().score(train(), test());
        float[] scaled = peer.detector().score(scaled(train()), scaled(test()));
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
        assertThat(highest(peer.detector().score(train(), test()))).isEqualTo(TEST - 1);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void rowsOfAnotherWidthAreRefused(Peer peer) {
        if (peer.name().equals("random")) {
            return;
        }
        Observations narrow = new Observations(normals(random(), 20), 2);
        assertThatThrownBy(() -> peer.detector().score(train(), narrow)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Observations train() {
        return new Observations(normals(random(), TRAIN * WIDTH), WIDTH);
    }

    /** Rows like those of the training, but for the last one. */
    private static Observations test() {
        RandomGenerator random = random();
        float[] skipped = normals(random, TRAIN * WIDTH);
        float[] rows = normals(random, skipped.length == 0 ? 0 : TEST * WIDTH);
        for (int j = 0; j < WIDTH; j++) {
            rows[(TEST - 1) * WIDTH + j] = 30;
        }
        return new Observations(rows, WIDTH);
    }

    private static Observations scaled(Observations rows) {
        float[] values = values(rows);
        for (int i = 0; i < values.length; i += WIDTH) {
            values[i] *= 1024;
        }
        return new Observations(values, WIDTH);
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
