package dev.noether.incident.outbreak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.incident.report.IncidentId;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Severity;
import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** When a group opens, who belongs to it, what its reports say, and when it ends. */
class OutbreakLifeTest extends RandomizedTest {
    private static final long INTERVAL = 10_000;
    private static final int MIN_MEMBERS = 5;
    private static final OutbreakOptions OPTIONS = new OutbreakOptions("fleet", INTERVAL, MIN_MEMBERS);

    private final List<Incident> output = new ArrayList<>();
    private final OutbreakGrouper grouper = new OutbreakGrouper(OPTIONS, output::add);

    @Test
    void oneIncidentTooFewIsNoGroup() {
        open(7, 100_000);
        open(8, 100_000);
        open(9, 100_000);
        open(10, 100_000);
        grouper.advance(Long.MAX_VALUE);
        assertThat(groups()).isEmpty();
        assertThat(output).hasSize(4).allMatch(report -> report.group().id() == null);
    }

    @Test
    void theLeastNumberOfMembersIsAGroup() {
        for (int i = 0; i < MIN_MEMBERS; i++) {
            open(i, 100_000 + i);
        }
        grouper.advance(Long.MAX_VALUE);
        assertThat(groups()).singleElement().satisfies(group -> {
            assertThat(group.identity()).isEqualTo(IncidentId.identity("fleet", IncidentKind.GROUP, "", 100_000));
            assertThat(group.start()).isEqualTo(100_000);
            assertThat(group.time()).isEqualTo(100_000 + INTERVAL);
            assertThat(group.group().members()).containsExactly("e0", "e1", "e2", "e3", "e4");
            assertThat(group.group().id()).isNull();
            assertThat(group.description())
                    .isEqualTo("5 entities have incidents that began within 4 ms, the first at 1970-01-01T00:01:40Z;"
                            + " most affected: cpu; look for a common cause");
        });
        assertThat(output.get(0)).as("the group precedes its members").isEqualTo(groups().get(0));
    }

    @Test
    void theIntervalEndsWithItsLastMillisecond() {
        for (int i = 0; i < MIN_MEMBERS - 1; i++) {
            open(i, 100_000);
        }
        open(4, 100_000 + INTERVAL + 1);
        grouper.advance(Long.MAX_VALUE);
        assertThat(groups()).isEmpty();

        output.clear();
        for (int i = 10; i < 10 + MIN_MEMBERS - 1; i++) {
            open(i, 10_000_000);
        }
        open(14, 10_000_000 + INTERVAL);
        grouper.advance(Long.MAX_VALUE);
        assertThat(groups()).hasSize(1);
    }

    @Test
    void aGroupEndsWithItsLastMember() {
        List<Incident> members = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            members.add(open(i, 100_000 + i));
        }
        grouper.advance(120_000);
        String id = groups().get(0).id();
        for (int i = 0; i < 6; i++) {
            assertThat(grouper.openGroups()).isEqualTo(1);
            grouper.accept(resolved(members.get(i), 200_000 + i, 3));
        }
        assertThat(grouper.openGroups()).isZero();
        Incident last = output.get(output.size() - 1);
        assertThat(last.id()).isEqualTo(id);
        assertThat(last.state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(last.time()).isEqualTo(200_005);
        assertThat(last.end()).isEqualTo(200_005);
        assertThat(last.count()).isEqualTo(18);
        assertThat(output.stream().filter(report -> report.kind() == IncidentKind.ANOMALY))
                .hasSize(12)
                .allMatch(report -> id.equals(report.group().id()));
    }

    @Test
    void aGroupOfHeldIncidentsThatAreAllOverEndsAtOnce() {
        for (int i = 0; i < MIN_MEMBERS; i++) {
            grouper.accept(resolved(open(i, 100_000 + i), 101_000 + i, 1));
        }
        grouper.advance(120_000);
        assertThat(groups()).extracting(Incident::state).containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
        assertThat(output).hasSize(2 + 2 * MIN_MEMBERS);
        assertThat(grouper.heldCount()).isZero();
        assertThat(grouper.openGroups()).isZero();
    }

    @Test
    void anUpdateOfAMemberMakesTheGroupWorse() {
        List<Incident> members = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            members.add(open(i, 100_000 + i));
        }
        grouper.advance(120_000);
        assertThat(groups().get(0).severity()).isEqualTo(Severity.LOW);
        Incident worse = incident(members.get(3), IncidentState.UPDATED, Severity.CRITICAL, 150_000, 40, 9);
        grouper.accept(worse);
        members.forEach(member -> grouper.accept(resolved(member, 200_000, 1)));
        Incident last = output.get(output.size() - 1);
        assertThat(last.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(last.peak().score()).isEqualTo(40);
    }

    @Test
    void aGroupGrowsForSixIntervalsAndNoLonger() {
        for (int i = 0; i < 6; i++) {
            open(i, 100_000);
        }
        grouper.advance(115_000);
        for (int i = 1; i <= OpenOutbreak.MAX_ONSET_INTERVALS; i++) {
            Incident late = open(10 + i, 100_000 + i * INTERVAL);
            assertThat(output)
                    .last()
                    .satisfies(report -> assertThat(report.id())
                            .isIn(late.id(), groups().get(0).id()));
        }
        assertThat(grouper.heldCount()).isZero();
        open(30, 100_000 + OpenOutbreak.MAX_ONSET_INTERVALS * INTERVAL + 1);
        assertThat(grouper.heldCount()).isEqualTo(1);
    }

    @Test
    void aGapOfMoreThanAnIntervalSeparates() {
        for (int i = 0; i < 6; i++) {
            open(i, 100_000);
        }
        grouper.advance(115_000);
        open(10, 100_000 + INTERVAL + 1);
        assertThat(grouper.heldCount()).isEqualTo(1);
        open(11, 100_000 - INTERVAL - 1);
        assertThat(grouper.heldCount()).isEqualTo(2);
        open(12, 100_000 - INTERVAL);
        assertThat(grouper.heldCount()).isEqualTo(2);
    }

    @Test
    void silencesAloneAreAGroupOfSilence() {
        for (int i = 0; i < 6; i++) {
            grouper.accept(incident(IncidentKind.SILENCE, "e" + i, 100_000, List.of()));
        }
        grouper.advance(Long.MAX_VALUE);
        assertThat(groups().get(0).diagnosis().shape()).isEqualTo(BreakShape.SILENCE);
        assertThat(groups().get(0).description())
                .isEqualTo("6 entities have incidents that began within 1 ms, the first at 1970-01-01T00:01:40Z;"
                        + " look for a common cause");
    }

    @Test
    void anEntityWithTwoIncidentsCountsOnceInTheSentence() {
        for (int i = 0; i < 6; i++) {
            open(i, 100_000);
        }
        grouper.accept(incident(IncidentKind.SILENCE, "e0", 100_001, List.of()));
        grouper.advance(Long.MAX_VALUE);
        assertThat(groups().get(0).group().memberCount()).isEqualTo(6);
        assertThat(groups().get(0).group().members()).doesNotHaveDuplicates();
        assertThat(groups().get(0).count()).isEqualTo(7);
    }

    @Test
    void theFeaturesThatLeadMostMembersComeFirst() {
        String[] leading = {"disk", "cpu", "net", "cpu", "net", "cpu", "fan", "fan"};
        for (int i = 0; i < leading.length; i++) {
            grouper.accept(incident(IncidentKind.ANOMALY, "e" + i, 100_000, List.of(cause(leading[i], 10 + i))));
        }
        grouper.advance(Long.MAX_VALUE);
        Incident group = groups().get(0);
        assertThat(group.diagnosis().causes())
                .containsExactly(cause("cpu", 15), cause("fan", 17), cause("net", 14), cause("disk", 10));
        assertThat(group.diagnosis().shape()).isEqualTo(BreakShape.UNKNOWN);
        assertThat(group.description()).contains("; most affected: cpu, fan, net; look for");
    }

    @Test
    void withoutAnIntervalNothingIsGrouped() {
        OutbreakGrouper off = new OutbreakGrouper(new OutbreakOptions("fleet", 0, 2), output::add);
        for (int i = 0; i < 20; i++) {
            off.accept(incident(IncidentKind.ANOMALY, "e" + i, 100_000, List.of()));
        }
        assertThat(output).hasSize(20).allMatch(report -> report.kind() == IncidentKind.ANOMALY);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new OutbreakOptions("fleet", -1, 2))
                .hasMessage("`intervalMillis` must not be negative (got -1)");
        assertThatThrownBy(() -> new OutbreakOptions("fleet", 1, 1))
                .hasMessage("`minMembers` must be at least 2 (got 1)");
    }

    @Test
    void aReportOfAnUnknownIncidentIsPassedOn() {
        Incident unknown = resolved(incident(IncidentKind.ANOMALY, "a", 1, List.of()), 5, 1);
        grouper.accept(unknown);
        assertThat(output).containsExactly(unknown);
    }

    @Test
    void withoutIncidentsTwoAtATimeAreMoreThanChance() {
        assertThat(new ChanceRate(INTERVAL).limit(50_000)).isEqualTo(1);
    }

    /** Mean plus six standard deviations of a Poisson number, and one for the incident itself. */
    @Test
    void theChanceLimitFollowsTheRate(RandomGenerator random) {
        ChanceRate chance = new ChanceRate(INTERVAL);
        long time = 0;
        for (int i = 0; i < 4_000; i++) {
            time += 1 + (long) (-INTERVAL / 4.0 * Math.log(1 - random.nextDouble()));
            chance.add(time, 1);
        }
        assertThat(chance.limit(time)).isBetween(1 + 3 + 6 * Math.sqrt(3), 1 + 5 + 6 * Math.sqrt(5));
        double busy = chance.limit(time);
        assertThat(chance.limit(time + 1_000 * INTERVAL)).isLessThan(busy / 5);
    }

    @Test
    void theChanceRateIsReadAsItWasWritten(RandomGenerator random) throws IOException {
        ChanceRate plain = new ChanceRate(INTERVAL);
        ChanceRate restored = new ChanceRate(INTERVAL);
        long time = 0;
        for (int i = 0; i < 200; i++) {
            time += random.nextInt(-1_000, 20_000);
            plain.add(time, random.nextInt(1, 4));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            plain.write(new DataOutputStream(bytes));
            restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            assertThat(restored.limit(time + 5)).isEqualTo(plain.limit(time + 5));
        }
    }

    /** Random incidents; the second grouper is written and read after each of them. */
    @Test
    void stateThatIsWrittenAndReadAfterEachReportChangesNoReport(RandomGenerator random) throws IOException {
        for (int round = 0; round < 10; round++) {
            output.clear();
            OutbreakGrouper plain = new OutbreakGrouper(OPTIONS, output::add);
            List<Incident> ofRestored = new ArrayList<>();
            OutbreakGrouper restored = new OutbreakGrouper(OPTIONS, ofRestored::add);
            for (Incident report : reports(random)) {
                plain.accept(report);
                plain.advance(report.time());
                restored.accept(report);
                restored.advance(report.time());
                byte[] bytes = bytes(restored);
                restored = new OutbreakGrouper(OPTIONS, ofRestored::add);
                restored.read(new DataInputStream(new ByteArrayInputStream(bytes)));
                assertThat(restored.heldCount()).isEqualTo(plain.heldCount());
                assertThat(restored.openGroups()).isEqualTo(plain.openGroups());
                assertThat(restored.newestHeldOnset()).isEqualTo(plain.newestHeldOnset());
            }
            assertThat(groups()).as("round %d", round).isNotEmpty();
            assertThat(ofRestored).as("round %d", round).isEqualTo(output);
        }
    }

    @Test
    void unknownAndTruncatedStateIsRefused() throws IOException {
        for (int i = 0; i < 6; i++) {
            open(i, 100_000);
        }
        grouper.advance(115_000);
        open(20, 900_000);
        byte[] whole = bytes(grouper);
        for (int length = 0; length < whole.length; length += 3) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).as("cut to %d bytes", length).isInstanceOf(EOFException.class);
        }
        whole[0] = 9;
        assertThatThrownBy(() -> read(whole))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("found state format version 9, supports at most 2");
    }

    private static List<Incident> reports(RandomGenerator random) {
        List<Incident> reports = new ArrayList<>();
        List<Incident> open = new ArrayList<>();
        long time = 0;
        for (int i = 0; i < 400; i++) {
            boolean isBurst = i % 100 > 70;
            time += random.nextInt(isBurst ? 200 : 30_000);
            if (open.isEmpty() || isBurst || random.nextBoolean()) {
                IncidentKind kind = random.nextInt(4) == 0 ? IncidentKind.SILENCE : IncidentKind.ANOMALY;
                List<Cause> causes =
                        kind == IncidentKind.SILENCE ? List.of() : List.of(cause("f" + random.nextInt(3), i));
                Incident opened = incident(kind, "e" + i, time, causes);
                open.add(opened);
                reports.add(opened);
            } else {
                Incident any = open.get(random.nextInt(open.size()));
                if (random.nextBoolean()) {
                    open.remove(any);
                    reports.add(resolved(any, time, random.nextInt(1, 9)));
                } else {
                    reports.add(incident(any, IncidentState.UPDATED, Severity.HIGH, time, random.nextDouble(), 4));
                }
            }
        }
        return reports;
    }

    private Incident open(int entity, long time) {
        Incident opened = incident(IncidentKind.ANOMALY, "e" + entity, time, List.of(cause("cpu", 9)));
        grouper.accept(opened);
        return opened;
    }

    private static Incident incident(IncidentKind kind, String entity, long time, List<Cause> causes) {
        return new Incident(
                IncidentId.identity("fleet", kind, entity, time),
                IncidentState.OPENED,
                Severity.LOW,
                new IncidentTimes(time, time, time),
                new IncidentPeak(6, time, 0.01, 5, 1),
                1,
                new Diagnosis(causes, BreakShape.UNKNOWN, entity + " is unusual"),
                IncidentGroup.NONE,
                null);
    }

    private static Incident resolved(Incident opened, long time, long count) {
        return incident(opened, IncidentState.RESOLVED, opened.severity(), time, 6, count);
    }

    private static Incident incident(
            Incident opened, IncidentState state, Severity severity, long time, double score, long count) {
        return new Incident(
                opened.identity(),
                state,
                severity,
                new IncidentTimes(opened.start(), time, time),
                new IncidentPeak(score, time, 0.01, 5, 1),
                count,
                opened.diagnosis(),
                IncidentGroup.NONE,
                null);
    }

    private static Cause cause(String feature, float deviation) {
        return new Cause(feature, deviation, 9, 5, 4, 6);
    }

    private List<Incident> groups() {
        return output.stream()
                .filter(report -> report.kind() == IncidentKind.GROUP)
                .toList();
    }

    private static byte[] bytes(OutbreakGrouper grouper) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        grouper.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private void read(byte[] bytes) throws IOException {
        new OutbreakGrouper(OPTIONS, output::add).read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
