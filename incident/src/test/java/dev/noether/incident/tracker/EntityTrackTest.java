package dev.noether.incident.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes of what is remembered of an entity. Those of the first format were written by it. */
class EntityTrackTest {
    private static final String QUIET_1 = "01000000000002e630461c400000000000461c4000087fffffffffffffff000000";
    private static final String OPEN_1 =
            "010000000000030d40461c400000000000461c4000080000000000036f000000010000000000030d400000000000030d4040"
                    + "1e0000000000000000000000030d403f50624dd2f1a9fc401400000000000000000000000000090000000000000001000000"
                    + "0040040000000000000201000000146d61696e74656e616e63653a2075706772616465000000010000000363707542800000"
                    + "42c70000414800004120000041700000428000000000000142c7000041480000";

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
