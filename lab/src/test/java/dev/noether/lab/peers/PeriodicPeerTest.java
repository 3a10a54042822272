package dev.noether.lab.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.testing.RandomizedTest;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class PeriodicPeerTest extends RandomizedTest {
    private static final int PERIOD = 48;
    private final float[] train = TestingWaves.wave(random(), 1_200, PERIOD, 0.1);
    private final float[] test = TestingWaves.wave(random(), 500, PERIOD, 0.1);
    private final PeriodicPeer peer = new PeriodicPeer(NearestTrainingWindow::new);

    @Test
    void windowsAndDelayHaveThePeriodOfTheTrainingRows() {
        int period = peer.rankDelay(TestingWaves.of(train)).orElseThrow();
        assertThat(period).isBetween(PERIOD - 1, PERIOD + 1);
        assertThat(peer.score(TestingWaves.of(train), TestingWaves.of(test)))
                .isEqualTo(new NearestTrainingWindow(period).score(TestingWaves.of(train), TestingWaves.of(test)));
    }

    @Test
    void switchesBesideTheContinuousFeatureChangeNothing() {
        Observations both = withSwitches(train);
        assertThat(ContinuousFeature.of(both)).hasValue(1);
        assertThat(peer.refusal(both)).isEmpty();
        assertThat(peer.rankDelay(both)).isEqualTo(peer.rankDelay(TestingWaves.of(train)));
        assertThat(peer.score(both, withSwitches(test)))
                .isEqualTo(peer.score(TestingWaves.of(train), TestingWaves.of(test)));
    }

    @Test
    void seriesWithoutOrWithSeveralContinuousFeaturesAreRefused() {
        Observations two = new Observations(normals(random(), 400), 2);
        Observations none = new Observations(new float[] {1, 3, 1, 1, 3}, 1);
        for (Observations rows : new Observations[] {two, none}) {
            assertThat(peer.refusal(rows))
                    .hasValue("it needs exactly one feature with more than two distinct training values");
            assertThat(peer.rankDelay(rows)).isEmpty();
            assertThatThrownBy(() -> peer.score(rows, rows))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("exactly one feature");
        }
    }

    @Test
    void threeValuesAreContinuous() {
        assertThat(ContinuousFeature.of(new Observations(new float[] {5, 5, 6, 5}, 1)))
                .isEmpty();
        assertThat(ContinuousFeature.of(new Observations(new float[] {5, 5, 6, 7}, 1)))
                .hasValue(0);
        assertThat(ContinuousFeature.of(new Observations(new float[] {5, 6, 5, 7}, 1)))
                .hasValue(0);
        assertThat(ContinuousFeature.of(new Observations(new float[] {0, 1, 2, 3, 4, 5}, 2)))
                .isEqualTo(OptionalInt.empty());
    }

    /** A constant feature, the values, and a feature of two values. */
    private static Observations withSwitches(float[] values) {
        float[] rows = new float[3 * values.length];
        for (int i = 0; i < values.length; i++) {
            rows[3 * i] = 4;
            rows[3 * i + 1] = values[i];
            rows[3 * i + 2] = i / 7 % 2;
        }
        return new Observations(rows, 3);
    }
}
