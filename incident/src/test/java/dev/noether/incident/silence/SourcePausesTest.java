package dev.noether.incident.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pauses of the whole source, and the deadlines and sentences of silences. */
class SourcePausesTest {
    private static final long PAUSE = 3_600_000;
    private static final long END = 99_000;

    private final SourcePauses pauses = new SourcePauses(60_000);

    @Test
    void aDeadlineMovesByTheLengthOfThePause() {
        reports(pauses, SourcePauses.MIN_ENTITIES);
        pauses.observe("a", END + PAUSE, SourcePauses.MIN_ENTITIES);
        assertThat(pauses.postpone(END - 500, END + 2_000)).isEqualTo(END + 2_000 + PAUSE);
        assertThat(pauses.postpone(END, END + 1)).isEqualTo(END + 1 + PAUSE);
    }

    @Test
    void deadlinesBeforeAndReportsAfterThePauseStay() {
        reports(pauses, SourcePauses.MIN_ENTITIES);
        pauses.observe("a", END + PAUSE, SourcePauses.MIN_ENTITIES);
        assertThat(pauses.postpone(50_000, END)).isEqualTo(END);
        assertThat(pauses.postpone(END + PAUSE, END + PAUSE + 2_000)).isEqualTo(END + PAUSE + 2_000);
    }

    @Test
    void fewEntitiesHaveNoPause() {
        reports(pauses, SourcePauses.MIN_ENTITIES - 1);
        pauses.observe("a", END + PAUSE, SourcePauses.MIN_ENTITIES - 1);
        assertThat(pauses.postpone(END, END + 2_000)).isEqualTo(END + 2_000);
    }

    @Test
    void aJumpOfTheShortestPauseIsNoPauseAndALongerOneIs() {
        reports(pauses, SourcePauses.MIN_ENTITIES);
        pauses.observe("a", END + 60_000, SourcePauses.MIN_ENTITIES);
        assertThat(pauses.postpone(END, END + 2_000)).isEqualTo(END + 2_000);
        SourcePauses longer = new SourcePauses(60_000);
        reports(longer, SourcePauses.MIN_ENTITIES);
        longer.observe("a", END + 60_001, SourcePauses.MIN_ENTITIES);
        assertThat(longer.postpone(END, END + 2_000)).isEqualTo(END + 2_000 + 60_001);
    }

    @Test
    void onlyTheNewestPauseIsKnown() {
        reports(pauses, SourcePauses.MIN_ENTITIES);
        pauses.observe("a", END + PAUSE, SourcePauses.MIN_ENTITIES);
        pauses.observe("a", END + PAUSE + 1_000, SourcePauses.MIN_ENTITIES);
        pauses.observe("a", END + 3 * PAUSE, SourcePauses.MIN_ENTITIES);
        long pauseStart = END + PAUSE + 1_000;
        assertThat(pauses.postpone(pauseStart, pauseStart + 2_000)).isEqualTo(END + 3 * PAUSE + 2_000);
        assertThat(pauses.postpone(END, END + 2_000)).isEqualTo(END + 2_000);
        assertThat(pauses.newest()).isEqualTo(END + 3 * PAUSE);
    }

    @Test
    void aSilenceHasTheSameIdAndSuppressionFromItsBeginningToItsEnd() {
        List<Incident> reports = new ArrayList<>();
        List<Long> asked = new ArrayList<>();
        SilenceTracker tracker = new SilenceTracker(
                "fleet",
                new SilenceOptions(true, 1_000, 60_000),
                (entity, time) -> {
                    asked.add(time);
                    return "maintenance: " + entity;
                },
                reports::add);
        ReportingRhythm rhythm = rhythm(tracker);
        long deadline = tracker.deadline(rhythm, 0);
        assertThat(deadline).isEqualTo(END + 2_500);
        OpenSilence silence = tracker.open(rhythm, 0, "a");
        tracker.resolve(silence, rhythm, "a", END + 61_000);
        assertThat(asked).containsExactly(deadline);
        assertThat(reports).extracting(Incident::suppressed).containsOnly("maintenance: a");
        assertThat(reports).extracting(Incident::state).containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
        assertThat(reports.get(0).id()).isEqualTo(reports.get(1).id());
        assertThat(reports)
                .extracting(Incident::description)
                .containsExactly(
                        "a: no observations since 1970-01-01T00:01:39Z, usually one every 1 s;"
                                + " check that it is running and can reach the observations topic",
                        "a: reports again after 1 min 1 s without observations");
        assertThat(reports.get(0).time()).isEqualTo(deadline);
        assertThat(reports.get(1).end()).isEqualTo(END + 61_000);
    }

    @Test
    void aFastEntityIsSilentOnlyAfterTheShortestSilence() {
        SilenceTracker tracker = tracker(new SilenceOptions(true, 300_000, 60_000));
        assertThat(tracker.deadline(rhythm(tracker), 0)).isEqualTo(END + 300_000);
    }

    @Test
    void withoutARhythmOrWithSilencesSwitchedOffNobodyIsSilent() {
        SilenceTracker tracker = tracker(new SilenceOptions(true, 1, 1));
        ReportingRhythm young = new ReportingRhythm();
        tracker.observe(young, 0);
        tracker.observe(young, 1_000);
        assertThat(tracker.deadline(young, 0)).isEqualTo(SilenceTracker.NEVER);
        SilenceTracker off = tracker(new SilenceOptions(false, 1, 1));
        assertThat(off.deadline(rhythm(off), 0)).isEqualTo(SilenceTracker.NEVER);
    }

    @Test
    void settingsMustBePositive() {
        assertThatThrownBy(() -> new SilenceOptions(true, 0, 1))
                .hasMessage("`shortestSilenceMillis` must be at least 1 (got 0)");
        assertThatThrownBy(() -> new SilenceOptions(true, 1, -3))
                .hasMessage("`shortestPauseMillis` must be at least 1 (got -3)");
    }

    private static SilenceTracker tracker(SilenceOptions options) {
        return new SilenceTracker("fleet", options, SilenceSuppression.NONE, report -> {});
    }

    private static ReportingRhythm rhythm(SilenceTracker tracker) {
        ReportingRhythm rhythm = new ReportingRhythm();
        for (int i = 0; i < 100; i++) {
            tracker.observe(rhythm, i * 1_000L);
        }
        return rhythm;
    }

    private static void reports(SourcePauses to, int entities) {
        for (int i = 0; i < 100; i++) {
            to.observe("a", i * 1_000L, entities);
        }
    }
}
