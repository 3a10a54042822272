package dev.noether.incident.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.incident.clock.SourceClock;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Silence of a fleet in which some clocks are wrong: rows each 10 s, watermarks as the source makes them. */
class SkewedClocksTest {
    private static final long STEP = 10_000;
    private static final long START = 1_700_000_000_000L;

    private TrackerHarness harness = new TrackerHarness();
    private final List<SourceClock> partitions = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;

    @ParameterizedTest
    @CsvSource({"20, 1, 43200000", "20, 1, 60000", "40, 4, 60000", "40, 4, 43200000", "40, 4, 25000"})
    void fastClocksMakeNobodySilent(int hosts, int parts, long ahead) {
        makePartitions(parts);
        for (int round = 0; round < 300; round++) {
            for (int host = 0; host < hosts; host++) {
                // One fast clock in each partition.
                send(host, host % parts, time(round) + (host < parts ? ahead : 0));
            }
            emitWatermark();
        }
        assertThat(harness.reports).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {60_000, 300_000, 3_600_000})
    void aClockThatIsAlwaysBehindIsNotSilent(long behind) {
        makePartitions(1);
        for (int round = 0; round < 300; round++) {
            for (int host = 0; host < 20; host++) {
                send(host, 0, time(round) - (host == 5 ? behind : 0));
            }
            emitWatermark();
        }
        assertThat(harness.reports).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-300_000, 60_000, 43_200_000})
    void theRealSilenceOfAWrongClockIsTold(long skew) {
        makePartitions(1);
        for (int round = 0; round < 300; round++) {
            for (int host = 0; host < 20; host++) {
                if (host != 5 || round < 200) {
                    send(host, 0, time(round) + (host == 5 ? skew : 0));
                }
            }
            emitWatermark();
            if (round == 210) {
                assertThat(harness.reports).as("within 100 s").hasSize(1);
            }
        }
        assertThat(harness.reports).extracting(Incident::entity).containsExactly("e5");
    }

    @Test
    void aClockThatIsSetBackIsNotSilentAgain() {
        makePartitions(1);
        for (int round = 0; round < 300; round++) {
            for (int host = 0; host < 20; host++) {
                boolean isBehind = host == 5 && round >= 100;
                if (isBehind && round < 132) {
                    continue; // late rows change nothing
                }
                long time = time(round) - (isBehind ? 3_600_000 : 0);
                if (isBehind && round == 132) {
                    harness.tracker.setBack(harness.tracks.get("e5"), "e5", time);
                }
                send(host, 0, time);
                if (isBehind && round == 132) {
                    emitWatermark();
                }
            }
            emitWatermark();
        }
        assertThat(harness.reports)
                .extracting(Incident::state)
                .containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
        assertThat(harness.reports.get(1).description())
                .contains("reports again; its clock was set back from")
                .doesNotContain("no longer tracked");
        assertThat(harness.reports.get(1).end())
                .isGreaterThan(harness.reports.get(1).start());
    }

    @Test
    void aRecordAnHourAheadHidesNoRealSilence() {
        makePartitions(1);
        for (int round = 0; round < 100; round++) {
            for (int host = 0; host < 20; host++) {
                if (host != 5 || round < 50) {
                    send(host, 0, time(round) + (host == 3 && round == 50 ? 3_600_000 : 0));
                }
            }
            emitWatermark();
        }
        assertThat(harness.reports).extracting(Incident::entity).containsOnlyOnce("e5");
        assertThat(harness.reports)
                .filteredOn(report -> !report.entity().equals("e3"))
                .hasSize(1);
    }

    @Test
    void anAgentThatSendsWhatItKeptHasOneIncident() {
        makePartitions(1);
        int kept = 0;
        for (int round = 0; round < 600; round++) {
            for (int host = 0; host < 20; host++) {
                if (host != 5) {
                    send(host, 0, time(round));
                }
            }
            // Back after 300 rounds; sends four rows in each round until it has caught up.
            for (int i = 0; i < 4 && kept <= round && (round < 100 || round >= 400); i++) {
                send(5, 0, time(kept++));
            }
            emitWatermark();
        }
        assertThat(harness.reports)
                .extracting(Incident::state)
                .containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
        assertThat(harness.reports.get(1).time())
                .isGreaterThanOrEqualTo(harness.reports.get(0).time());
        assertThat(harness.reports.get(1).diagnosis().description()).contains("kept observations");
    }

    @Test
    void aPauseOfTheSourceIsNobodysSilenceAlsoWithWrongClocks() {
        makePartitions(4);
        for (int round = 0; round < 400; round++) {
            for (int host = 0; host < 50; host++) {
                long skew = host == 0 ? 60_000 : host == 1 ? -300_000 : 0;
                if (round < 100 || round >= 300) {
                    send(host, host % 4, time(round) + skew);
                    emitWatermark();
                }
            }
        }
        assertThat(harness.reports).isEmpty();
    }

    /** The snapshot lies in the pause, or among the reports that end it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 20, 49})
    void aRestoreDuringAPauseMakesNobodySilentAndTellsARealSilence(int returned) throws IOException {
        makePartitions(4);
        for (int round = 0; round < 100; round++) {
            for (int host = 0; host < 50; host++) {
                if (host != 9 || round < 99) {
                    send(host, host % 4, time(round));
                }
            }
            emitWatermark();
        }
        for (int host = 0; host < returned; host++) {
            if (host != 9) {
                send(host, host % 4, time(300));
            }
        }
        restore();
        for (int round = 300; round < 400; round++) {
            for (int host = round == 300 ? returned : 0; host < 50; host++) {
                if (host != 9) {
                    send(host, host % 4, time(round));
                    emitWatermark();
                }
            }
        }
        assertThat(harness.reports).extracting(Incident::entity).containsExactly("e9");
    }

    private void restore() throws IOException {
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        harness.tracker.writeSource(new DataOutputStream(source));
        TrackerHarness restored = new TrackerHarness();
        restored.tracker.readSource(new DataInputStream(new ByteArrayInputStream(source.toByteArray())));
        harness.tracks.forEach((entity, track) -> restored.restore(entity, TrackerHarness.restored(track)));
        assertThat(harness.reports).isEmpty();
        harness = restored;
        int parts = partitions.size();
        partitions.clear();
        makePartitions(parts);
        watermark = Long.MIN_VALUE;
    }

    private void makePartitions(int count) {
        for (int i = 0; i < count; i++) {
            partitions.add(new SourceClock());
        }
    }

    private void send(int host, int partition, long time) {
        partitions.get(partition).observe("e" + host, time);
        harness.normal("e" + host, partition, time);
    }

    private void emitWatermark() {
        long least = Long.MAX_VALUE;
        for (SourceClock clock : partitions) {
            least = Math.min(least, clock.time());
        }
        if (least != SourceClock.UNKNOWN && least > watermark) {
            watermark = least;
            harness.watermark(watermark - 5_001);
        }
    }

    private static long time(int round) {
        return START + round * STEP;
    }
}
