package dev.noether.cli.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The signal is the same for the same seed, and differs from one without faults only where the labels say so. */
class HeartbeatSimulatorTest {
    private static final int HEARTS = 8;
    private static final int START = 20 * HeartbeatSimulator.PERIOD_ROWS;
    private static final int LIVE = 60 * HeartbeatSimulator.PERIOD_ROWS;

    private final HeartbeatSimulator fleet = fleet(HEARTS, 3);
    private final HeartbeatSimulator healthy = fleet(0, 3);

    private static HeartbeatSimulator fleet(int faults, long seed) {
        return new HeartbeatSimulator(new HeartbeatOptions(HEARTS, START, LIVE, faults, seed));
    }

    @Test
    void theSeedAloneMakesTheSignalAndTheFaults() {
        HeartbeatSimulator again = fleet(HEARTS, 3);
        HeartbeatSimulator other = fleet(HEARTS, 4);
        assertThat(again.faults()).isEqualTo(fleet.faults()).isNotEqualTo(other.faults());
        for (int entity = 0; entity < HEARTS; entity++) {
            assertThat(signal(again, entity)).isEqualTo(signal(fleet, entity));
            assertThat(signal(other, entity)).isNotEqualTo(signal(fleet, entity));
        }
    }

    @Test
    void rowsMayBeRequestedInAnyOrder() {
        float[] forward = signal(fleet, 2);
        for (int row = forward.length - 1; row >= 0; row -= 7) {
            assertThat(fleet.value(2, row)).isEqualTo(forward[row]);
        }
    }

    @Test
    void faultsAreInTheLivePartAndOfAllKinds() {
        List<LabelledBeat> faults = fleet.faults();
        assertThat(faults).hasSize(HEARTS);
        assertThat(faults.stream().map(LabelledBeat::kind).distinct()).containsExactlyInAnyOrder(BeatFault.values());
        assertThat(faults).allSatisfy(fault -> {
            assertThat(fault.start()).isGreaterThan(START);
            assertThat(fault.end()).isLessThan(START + LIVE);
        });
    }

    @Test
    void theSignalDiffersExactlyWhereALabelIs() {
        for (int entity = 0; entity < HEARTS; entity++) {
            float[] normal = signal(healthy, entity);
            float[] faulty = signal(fleet, entity);
            for (int row = 0; row < normal.length; row++) {
                // The waves of a beat do not end abruptly.
                if (!fleet.isFaulty(entity, row)) {
                    assertThat(Math.abs(faulty[row] - normal[row]))
                            .as("heart %d, row %d", entity, row)
                            .isLessThan(0.06f);
                }
            }
        }
        for (LabelledBeat fault : fleet.faults()) {
            double largest = 0;
            for (long row = fault.start(); row < fault.end(); row++) {
                assertThat(fleet.isFaulty(fault.entity(), row)).isTrue();
                largest = Math.max(
                        largest, Math.abs(fleet.value(fault.entity(), row) - healthy.value(fault.entity(), row)));
            }
            assertThat(largest).as("%s", fault).isGreaterThan(0.2);
        }
    }

    @Test
    void theValuesOfAFaultAreInTheUsualRange() {
        for (LabelledBeat fault : fleet.faults()) {
            float[] normal = signal(healthy, fault.entity());
            Arrays.sort(normal);
            for (long row = fault.start(); row < fault.end(); row++) {
                assertThat(fleet.value(fault.entity(), row))
                        .isBetween(normal[0] - 0.1f, normal[normal.length - 1] + 0.1f);
            }
        }
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> new HeartbeatOptions(0, 0, LIVE, 1, 1)).hasMessageContaining("`entities`");
        assertThatThrownBy(() -> new HeartbeatOptions(1, -1, LIVE, 1, 1)).hasMessageContaining("`liveStart`");
        assertThatThrownBy(() -> new HeartbeatOptions(1, 0, 10, 1, 1)).hasMessageContaining("`liveRows`");
        assertThatThrownBy(() -> new HeartbeatOptions(1, 0, LIVE, -1, 1)).hasMessageContaining("`faults`");
    }

    private static float[] signal(HeartbeatSimulator simulator, int entity) {
        float[] signal = new float[START + LIVE];
        for (int row = 0; row < signal.length; row++) {
            signal[row] = simulator.value(entity, row);
        }
        return signal;
    }
}
