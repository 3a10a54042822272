package dev.noether.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.tail.Paint;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the demonstration tells of the incidents while they happen. */
class IncidentNewsTest {
    private static final long SECOND = 1_000_000_000L;

    private final IncidentNews news = new IncidentNews(Paint.NONE, 0);

    @Test
    void anIncidentIsToldWhenItOpensAndWhenItIsOver() {
        assertThat(news.of(incident("a", IncidentState.OPENED, null, null), 0))
                .containsExactly("1970-01-01T00:00:00Z  OPENED    HIGH      a: cpu is 9  [a]");
        assertThat(news.of(incident("a", IncidentState.UPDATED, null, null), 1)).isEmpty();
        assertThat(news.of(incident("a", IncidentState.RESOLVED, null, null), 2))
                .singleElement()
                .asString()
                .contains("RESOLVED");
        assertThat(news.of(incident("never opened", IncidentState.RESOLVED, null, null), 3))
                .isEmpty();
    }

    @Test
    void membersOfAnOutbreakAndWhatMustAlertNobodyAreNotTold() {
        assertThat(news.of(incident("a", IncidentState.OPENED, "group", null), 0))
                .isEmpty();
        assertThat(news.of(incident("b", IncidentState.OPENED, null, "maintenance"), 0))
                .isEmpty();
        assertThat(news.rest()).isEmpty();
    }

    @Test
    void ofManyAtOnceOnlyTheNumberIsTold() {
        int lines = 0;
        for (int i = 0; i < 30; i++) {
            lines += news.of(incident("first " + i, IncidentState.OPENED, null, null), 0)
                    .size();
        }
        assertThat(lines).isEqualTo(8);
        assertThat(news.of(incident("later", IncidentState.OPENED, null, null), 2 * SECOND))
                .hasSize(2)
                .first()
                .isEqualTo("… and 22 more incidents");
        news.of(incident("last", IncidentState.OPENED, null, null), 2 * SECOND);
        assertThat(news.rest()).isEqualTo(List.of("… and 1 more incident"));
        assertThat(news.rest()).isEmpty();
    }

    private static Incident incident(
            String entity, IncidentState state, @Nullable String group, @Nullable String suppressed) {
        return new Incident(
                new IncidentIdentity("demo", entity, entity, IncidentKind.ANOMALY),
                state,
                Severity.HIGH,
                new IncidentTimes(0, 1, 0),
                IncidentPeak.none(0),
                1,
                new Diagnosis(List.of(), BreakShape.UNKNOWN, entity + ": cpu is 9"),
                new IncidentGroup(group, List.of(), 0),
                suppressed);
    }
}
