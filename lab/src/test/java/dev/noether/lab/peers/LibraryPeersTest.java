package dev.noether.lab.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class LibraryPeersTest {
    @Test
    void theCommandFindsThem() {
        assertThat(PeerCatalog.all())
                .extracting(Peer::name)
                .contains("random", "rcf-s1", "rcf-s4")
                .doesNotHaveDuplicates();
    }

    @Test
    void anOutlierStandsOutAndTheSameSeedGivesTheSame() {
        Observations train = noise(600, 3);
        float[] rows = values(40, 4);
        rows[2 * 30] = 12;
        rows[2 * 30 + 1] = -12;
        Observations test = new Observations(rows, 2);
        for (int shingle : new int[] {1, 4}) {
            RandomCut peer = new RandomCut(shingle, 1);
            float[] scores = peer.score(train, test);
            assertThat(scores).hasSize(40).isEqualTo(peer.score(train, test));
            for (int i = 0; i < 30; i++) {
                assertThat(scores[i]).isFinite().isLessThan(scores[30]);
            }
        }
    }

    @Test
    void theScaleOfAFeatureDoesNotMatter() {
        float[] train = values(300, 3);
        float[] test = values(50, 4);
        float[] scores = new RandomCut(1, 1).score(new Observations(train, 2), new Observations(test, 2));
        // A power of two changes no digit.
        scaleFirst(train, 1024);
        scaleFirst(test, 1024);
        assertThat(new RandomCut(1, 1).score(new Observations(train, 2), new Observations(test, 2)))
                .isEqualTo(scores);
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> new RandomCut(0, 1)).hasMessage("`shingle` must be at least 1 (got 0)");
        assertThatThrownBy(() -> new RandomCut(1, 1).score(noise(9, 1), new Observations(new float[3], 3)))
                .hasMessageContaining("must be of the same width (got 2 and 3)");
    }

    private static void scaleFirst(float[] values, float factor) {
        for (int i = 0; i < values.length; i += 2) {
            values[i] *= factor;
        }
    }

    private static Observations noise(int rows, long seed) {
        return new Observations(values(rows, seed), 2);
    }

    private static float[] values(int rows, long seed) {
        Random random = new Random(seed);
        float[] values = new float[2 * rows];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
