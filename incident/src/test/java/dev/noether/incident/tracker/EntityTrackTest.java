package dev.noether.incident.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes of what is remembered of an entity. Those of each format were written by it. */
class EntityTrackTest {
    private static final String QUIET_1 = "01000000000002e630461c400000000000461c4000087fffffffffffffff000000";
    private static final String OPEN_1 =
            "010000000000030d40461c400000000000461c4000080000000000036f000000010000000000030d400000000000030d4040"
                    + "1e0000000000000000000000030d403f50624dd2f1a9fc401400000000000000000000000000090000000000000001000000"
                    + "0040040000000000000201000000146d61696e74656e616e63653a2075706772616465000000010000000363707542800000"
                    + "42c70000414800004120000041700000428000000000000142c7000041480000";

    private static final String OPEN_2 =
            "02000000000001adb0461c400000000000461c4000080000000000019a4000000100000000000186a000000000"
                    + "0001adb0401e00000000000000000000000186a03f50624dd2f1a9fc4014000000000000000000000000000700"
                    + "000000000000020000000040040000000000000201000000146d61696e74656e616e63653a2075706772616465"
                    + "00000002000000036370754280000042c7000041480000412000004170000042800000000000010000000042c7"
                    + "000041480000000000086469736b20c2b04300000000422a0000422400007fc000007fc000003e800000000000"
                    + "0100000011422a0000422400000100000000000186a03f8000003f800000";
    private static final String SILENT_2 =
            "020000000000015f90461c400000000000461c400008000000000527bbc00101000000116d61696e74656e616e"
                    + "63653a206d6f76650000";

    @Test
    void theFirstFormatStaysReadable() throws IOException {
        EntityTrack quiet = read(QUIET_1);
        assertThat(quiet.newest()).isEqualTo(190_000);
        assertThat(quiet.hasIncident()).isFalse();
        assertThat(quiet.alarms).isNull();
        EntityTrack open = read(OPEN_1);
        assertThat(open.incidents()).isEqualTo(1);
        OpenIncident incident = open.open;
        assertThat(incident).isNotNull();
        assertThat(incident.peakScore).isEqualTo(7.5);
        assertThat(incident.suppressed).isEqualTo("maintenance: upgrade");
        assertThat(incident.features.leading(8)).containsExactly(new LeadingFeature("cpu", 64, 99.5f, 12.5f, 10, 15));
        assertThat(open.alarms).isNull();
    }

    @Test
    void theSecondFormatStaysReadable() throws IOException {
        EntityTrack track = read(OPEN_2);
        assertThat(track.newest()).isEqualTo(110_000);
        assertThat(track.rhythm.mean()).isEqualTo(10_000);
        assertThat(track.rhythm.isKnown()).isTrue();
        assertThat(track.armed()).isEqualTo(105_024);
        assertThat(track.silent).isFalse();
        OpenIncident incident = track.open;
        assertThat(incident).isNotNull();
        assertThat(incident.start).isEqualTo(100_000);
        assertThat(incident.lastAnomalous).isEqualTo(110_000);
        assertThat(incident.peakScore).isEqualTo(7.5);
        assertThat(incident.peakTime).isEqualTo(100_000);
        assertThat(incident.pValue).isEqualTo(0.001);
        assertThat(incident.threshold).isEqualTo(5);
        assertThat(incident.modelVersion).isEqualTo(7);
        assertThat(incident.count).isEqualTo(2);
        assertThat(incident.updates).isZero();
        assertThat(incident.reportedExcess).isEqualTo(2.5);
        assertThat(incident.severity).isEqualTo(Severity.HIGH);
        assertThat(incident.suppressed).isEqualTo("maintenance: upgrade");
        assertThat(incident.features.leading(8))
                .containsExactly(
                        new LeadingFeature("disk °C", 0, 42.5f, 41, Float.NaN, Float.NaN),
                        new LeadingFeature("cpu", 64, 99.5f, 12.5f, 10, 15));
        assertThat(incident.features.repeats("disk °C")).isEqualTo(17);
        assertThat(incident.features.observed("cpu")).containsExactly(99.5f);
        assertThat(incident.features.expected("cpu")).containsExactly(12.5f);
        RecentAlarms alarms = track.alarms;
        assertThat(alarms).isNotNull();
        assertThat(alarms.windows(100_000, 1_000)).isEqualTo(1);
        assertThat(alarms.incidents(100_000, 1_000)).isEqualTo(1);
        assertThat(alarms.windows(101_000, 1_000)).isEqualTo(Math.exp(-1));
    }

    @Test
    void aSilenceOfTheSecondFormatStaysReadable() throws IOException {
        EntityTrack track = read(SILENT_2);
        assertThat(track.newest()).isEqualTo(90_000);
        assertThat(track.armed()).isEqualTo(86_490_048);
        assertThat(track.silent).isTrue();
        assertThat(track.silenceSuppressed).isEqualTo("maintenance: move");
        assertThat(track.open).isNull();
        assertThat(track.alarms).isNull();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        TrackerHarness harness = new TrackerHarness();
        harness.anomalous("a", TrackerHarness.evidence(1_000, 7, TrackerHarness.feature("cpu", 9, 5, 1)));
        EntityTrack track = harness.tracks.get("a");
        byte[] bytes = TrackerHarness.bytes(track);
        assertThat(TrackerHarness.bytes(TrackerHarness.restored(track))).isEqualTo(bytes);
        assertThat(TrackerHarness.bytes(track.copy())).isEqualTo(bytes);
        assertThat(TrackerHarness.restored(track).alarms).isNotNull();
    }

    @Test
    void aLaterFormatIsRefused() {
        assertThatThrownBy(() -> read("03" + QUIET_1.substring(2)))
                .isInstanceOf(IOException.class)
                .hasMessage("found state format version 3, supports at most 2");
    }

    private static EntityTrack read(String hex) throws IOException {
        return EntityTrack.read(
                new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(hex))));
    }
}
