package dev.noether.incident.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.incident.rate.RecentAlarms;
import dev.noether.incident.silence.OpenSilence;
import dev.noether.incident.silence.ReportingRhythm;
import dev.noether.incident.silence.SilenceSuppression;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Severity;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of an entity's state. The bytes of each format were written by a version that used it. */
class EntityTrackTest {
    private static final String QUIET_1 = "01000000000002e630461c400000000000461c4000087fffffffffffffff000000";
    private static final String OPEN_1 =
            "010000000000030d40461c400000000000461c4000080000000000036f000000010000000000030d4000000000"
                    + "00030d40401e0000000000000000000000030d403f50624dd2f1a9fc4014000000000000000000000000000900"
                    + "000000000000010000000040040000000000000201000000146d61696e74656e616e63653a2075706772616465"
                    + "00000001000000036370754280000042c70000414800004120000041700000428000000000000142c700004148"
                    + "0000";
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
        assertThat(quiet.openIncidents()).isZero();
        assertThat(quiet.alarms).isNull();
        EntityTrack open = read(OPEN_1);
        assertThat(open.openIncidents()).isEqualTo(1);
        List<Incident> reports = new ArrayList<>();
        new IncidentTracker(TrackerHarness.OPTIONS, SilenceSuppression.NONE, reports::add).check(open, "a", 400_000);
        assertThat(reports).first().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.ANOMALY);
            assertThat(incident.peak().score()).isEqualTo(7.5);
            assertThat(incident.suppressed()).isEqualTo("maintenance: upgrade");
            assertThat(incident.diagnosis().causes()).containsExactly(new Cause("cpu", 64, 99.5f, 12.5f, 10, 15));
        });
        assertThat(open.alarms).isNull();
    }

    @Test
    void theThirdFormatIsTheSecondWithTheLag() throws IOException {
        assertThat(read(third(OPEN_2)).lagMillis).isEqualTo(-2);
        assertThat(read(third(SILENT_2)).lagMillis).isEqualTo(-2);
        assertThat(read(third(OPEN_2)).openIncidents()).isEqualTo(1);
    }

    private static String third(String second) {
        int rhythmEnd = 2 + 2 * ReportingRhythm.BYTES;
        return "03" + second.substring(2, rhythmEnd) + "fffffffe" + second.substring(rhythmEnd);
    }

    /** The finding of the shape view stands behind the open anomaly, before the recent alarms. */
    @Test
    void theFourthFormatIsTheThirdWithTheFindingAndTheHash() throws IOException {
        int alarms = 2 * RecentAlarms.BYTES + 2;
        String open = third(OPEN_2);
        int end = open.length() - alarms;
        String fourth = "04" + open.substring(2, end) + "0000" + open.substring(end);
        for (String hex : List.of(fourth, "04" + third(SILENT_2).substring(2))) {
            EntityTrack track = read(hex);
            assertThat(track.openIncidents()).isEqualTo(1);
            // The fifth has more bits in the byte before the recent alarms; the sixth has a job behind an open anomaly.
            String sixth = hex.equals(fourth)
                    ? "06" + open.substring(2, end) + "000000" + open.substring(end)
                    : "06" + hex.substring(2);
            assertThat(HexFormat.of().formatHex(TrackerHarness.bytes(track))).isEqualTo(sixth);
            assertThat(HexFormat.of().formatHex(TrackerHarness.bytes(track.copy())))
                    .isEqualTo(sixth);
        }
    }

    @Test
    void theSecondFormatStaysReadable() throws IOException {
        EntityTrack track = read(OPEN_2);
        assertThat(track.newest()).isEqualTo(110_000);
        assertThat(track.rhythm.usualGapMillis()).isEqualTo(10_000);
        assertThat(track.rhythm.isKnown()).isTrue();
        assertThat(track.nextCheck()).isEqualTo(105_024);
        assertThat(track.silence).isNull();
        assertThat(track.alarms).isNotNull();
        List<Incident> reports = new ArrayList<>();
        IncidentTracker tracker = new IncidentTracker(TrackerHarness.OPTIONS, SilenceSuppression.NONE, reports::add);
        tracker.add(track, "a");
        assertThat(tracker.rates().quantile(1, 1, 100_000)).isBetween(0.96, 1.04);
        tracker.check(track, "a", 400_000);
        assertThat(reports).first().satisfies(incident -> {
            assertThat(incident.times()).isEqualTo(new IncidentTimes(100_000, 110_001, 210_000));
            assertThat(incident.peak()).isEqualTo(new IncidentPeak(7.5, 100_000, 0.001, 5, 7));
            assertThat(incident.count()).isEqualTo(2);
            assertThat(incident.severity()).isEqualTo(Severity.HIGH);
            assertThat(incident.suppressed()).isEqualTo("maintenance: upgrade");
            assertThat(incident.diagnosis().causes())
                    .containsExactly(
                            new Cause("disk °C", 0, 42.5f, 41, Float.NaN, Float.NaN),
                            new Cause("cpu", 64, 99.5f, 12.5f, 10, 15));
            assertThat(incident.description()).startsWith("a: disk °C is stuck at 42.5 for 17 observations");
        });
    }

    @Test
    void aSilenceOfTheSecondFormatStaysReadable() throws IOException {
        EntityTrack track = read(SILENT_2);
        assertThat(track.newest()).isEqualTo(90_000);
        assertThat(track.nextCheck()).isEqualTo(86_490_048);
        assertThat(track.silence).isEqualTo(new OpenSilence("maintenance: move"));
        assertThat(track.anomaly).isNull();
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
        assertThatThrownBy(() -> read("07" + QUIET_1.substring(2)))
                .isInstanceOf(IOException.class)
                .hasMessage("found state format version 7, supports at most 6");
    }

    private static EntityTrack read(String hex) throws IOException {
        return EntityTrack.read(
                new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(hex))));
    }
}
