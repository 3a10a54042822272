package dev.noether.flink.notify;

import static dev.noether.flink.notify.TestingIncidents.incident;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ToldIncidentsTest extends RandomizedTest {
    @Test
    void anIncidentIsToldWhenItOpensGetsWorseAndEnds() {
        ToldIncidents told = new ToldIncidents(Severity.LOW);
        assertThat(changes(
                        told,
                        incident("a", IncidentState.OPENED, Severity.LOW),
                        incident("a", IncidentState.UPDATED, Severity.HIGH),
                        incident("a", IncidentState.RESOLVED, Severity.HIGH)))
                .containsExactly("a:OPENED after null", "a:UPDATED after LOW", "a:RESOLVED after HIGH");
        assertThat(told.open()).isEmpty();
    }

    @Test
    void nobodyIsToldOfSuppressedIncidentsAndOfMembersOfGroups() {
        ToldIncidents told = new ToldIncidents(Severity.LOW);
        assertThat(changes(
                        told,
                        incident("a", IncidentState.OPENED, Severity.HIGH, null, "maintenance: weekly"),
                        incident("a", IncidentState.RESOLVED, Severity.HIGH, null, "maintenance: weekly"),
                        incident("b", IncidentState.OPENED, Severity.HIGH, "group", null),
                        incident("b", IncidentState.RESOLVED, Severity.HIGH, "group", null)))
                .isEmpty();
    }

    @Test
    void theEndIsToldAlsoIfTheIncidentIsSuppressedByThen() {
        assertThat(changes(
                        new ToldIncidents(Severity.LOW),
                        incident("a", IncidentState.OPENED),
                        incident("a", IncidentState.UPDATED, Severity.CRITICAL, null, "maintenance: weekly"),
                        incident("a", IncidentState.RESOLVED, Severity.CRITICAL, null, "maintenance: weekly")))
                .containsExactly("a:OPENED after null", "a:RESOLVED after HIGH");
    }

    @Test
    void anIncidentThatBecomesSevereIsToldAsNew() {
        assertThat(changes(
                        new ToldIncidents(Severity.HIGH),
                        incident("a", IncidentState.OPENED, Severity.LOW),
                        incident("a", IncidentState.UPDATED, Severity.CRITICAL),
                        incident("b", IncidentState.OPENED, Severity.MEDIUM),
                        incident("b", IncidentState.RESOLVED, Severity.MEDIUM),
                        incident("a", IncidentState.RESOLVED, Severity.CRITICAL)))
                .containsExactly("a:OPENED after null", "a:RESOLVED after CRITICAL");
    }

    /** Whatever the records: each incident is opened before it is updated or resolved, and resolved at most once. */
    @Test
    void whatIsToldOfAnIncidentIsInOrder() {
        IncidentState[] states = IncidentState.values();
        Severity[] severities = Severity.values();
        for (int round = 0; round < 200; round++) {
            ToldIncidents told = new ToldIncidents(severities[random().nextInt(severities.length)]);
            Map<String, Boolean> isOpen = new HashMap<>();
            for (int i = 0; i < 50; i++) {
                Incident next = incident(
                        "i" + random().nextInt(4),
                        states[random().nextInt(states.length)],
                        severities[random().nextInt(severities.length)],
                        random().nextInt(4) == 0 ? "group" : null,
                        random().nextInt(4) == 0 ? "reason" : null);
                Notice notice = told.add(next);
                if (notice != null) {
                    boolean wasOpen = isOpen.getOrDefault(next.id(), false);
                    assertThat(notice.change() == IncidentState.OPENED).isEqualTo(!wasOpen);
                    isOpen.put(next.id(), notice.change() != IncidentState.RESOLVED);
                }
                assertThat(told.open()).extracting(Incident::id).doesNotHaveDuplicates();
            }
            assertThat(told.open().stream().map(Incident::id))
                    .containsExactlyInAnyOrderElementsOf(isOpen.entrySet().stream()
                            .filter(Map.Entry::getValue)
                            .map(Map.Entry::getKey)
                            .toList());
        }
    }

    private static List<String> changes(ToldIncidents told, Incident... records) {
        List<String> changes = new ArrayList<>();
        for (Incident record : records) {
            Notice notice = told.add(record);
            if (notice != null) {
                changes.add(record.id() + ":" + notice.change() + " after " + notice.before());
            }
        }
        return changes;
    }
}
