package dev.noether.incident.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.incident.silence.SilenceSuppression;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One entity of many stops to report some of its features. Rows come each minute; a pause of the source is a minute. */
final class AbsentFeaturesTest {
    private static final long MINUTE = 60_000;
    private static final Predicate<String> OTHERS_REPORT = feature -> false;

    private final List<Incident> reports = new ArrayList<>();
    private final IncidentTracker tracker =
            new IncidentTracker(TrackerHarness.OPTIONS, SilenceSuppression.NONE, reports::add);
    private EntityTrack track = new EntityTrack();
    private boolean isRestoring;

    private void row(int minute, String... lacking) {
        row(minute, OTHERS_REPORT, lacking);
    }

    private void row(int minute, Predicate<String> isGone, String... lacking) {
        tracker.observeFeatures(track, "host-3", minute * MINUTE, List.of(lacking), isGone);
        tracker.observe(track, "host-3", 0, minute * MINUTE);
        if (isRestoring) {
            track = TrackerHarness.restored(track).copy();
        }
    }

    private List<String> descriptions() {
        return reports.stream().map(Incident::description).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isToldAndItsReturnToo(boolean isRestored) {
        isRestoring = isRestored;
        for (int i = 0; i < 60; i++) {
            row(i);
        }
        for (int i = 60; i < 780; i++) {
            row(i, "cpu");
        }
        assertThat(track.openIncidents()).isOne();
        for (int i = 780; i < 2000; i++) {
            row(i);
        }
        assertThat(descriptions())
                .containsExactly(
                        "host-3: no value of the feature cpu since 1970-01-01T00:59:00Z, while its other features and"
                                + " other entities are reported; check what collects it; scores use assumed values"
                                + " meanwhile",
                        "host-3: all its features are reported again, after 12 h 1 min");
        assertThat(reports).allMatch(report -> report.kind() == IncidentKind.SILENCE);
        assertThat(reports.get(0).id()).isEqualTo(reports.get(1).id());
        // The row of minute 79 is the 20th without the feature.
        assertThat(reports.get(0).time()).isEqualTo(79 * MINUTE);
        assertThat(track.openIncidents()).isZero();
        assertThat(TrackerHarness.bytes(track)).as("nothing is left").hasSize(EntityTrack.QUIET_BYTES);
    }

    @Test
    void severalFeaturesAreOneIncident() {
        for (int i = 0; i < 60; i++) {
            row(i);
        }
        for (int i = 60; i < 90; i++) {
            row(i, "cpu", "disk");
        }
        for (int i = 90; i < 120; i++) {
            row(i, "cpu", "disk", "load");
        }
        row(120, "load");
        row(121);
        assertThat(reports)
                .extracting(Incident::state)
                .containsExactly(
                        IncidentState.OPENED, IncidentState.UPDATED, IncidentState.UPDATED, IncidentState.RESOLVED);
        assertThat(descriptions().get(1)).contains("no value of 3 features, cpu, disk, load since");
        assertThat(descriptions().get(2)).contains("no value of the feature load since 1970-01-01T01:29:00Z");
        assertThat(reports).extracting(Incident::id).containsOnly(reports.get(0).id());
    }

    @Test
    void whatTheEntityNeverReportedIsNotAbsent() {
        for (int i = 0; i < 500; i++) {
            row(i, "gpu");
        }
        assertThat(reports).isEmpty();
    }

    @Test
    void whatItReportsRarelyIsNotAbsent() {
        for (int i = 0; i < 3000; i++) {
            if (i % 50 == 7) {
                row(i);
            } else {
                row(i, "size");
            }
        }
        assertThat(reports).isEmpty();
        for (int i = 3000; i < 3300; i++) {
            row(i, "size");
        }
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).time()).as("four times 50 minutes").isBetween(3150 * MINUTE, 3170 * MINUTE);
    }

    @Test
    void whatNoEntityReportsIsToldOnceForAll() {
        for (int i = 0; i < 60; i++) {
            row(i);
        }
        for (int i = 60; i < 200; i++) {
            row(i, feature -> true, "cpu");
        }
        assertThat(reports).isEmpty();
        row(200, "cpu");
        assertThat(reports).as("the others are back").hasSize(1);
    }

    @Test
    void ofAnEarlierStateItIsUnknownWhatWasReported() {
        for (int i = 0; i < 60; i++) {
            row(i);
        }
        track.knowsFeatures = false;
        for (int i = 60; i < 500; i++) {
            row(i, "gpu");
        }
        assertThat(reports).isEmpty();
    }

    @Test
    void anEntityThatIsForgottenHasNoOpenIncident() {
        for (int i = 0; i < 60; i++) {
            row(i);
        }
        for (int i = 60; i < 90; i++) {
            row(i, "cpu");
        }
        tracker.evict(track, "host-3");
        assertThat(reports.get(reports.size() - 1).state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(descriptions().get(1)).endsWith("no value of the feature cpu; the entity is no longer tracked");
    }
}
