package dev.noether.incident.tracker;

import static dev.noether.incident.tracker.TrackerHarness.evidence;
import static dev.noether.incident.tracker.TrackerHarness.feature;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class OutbreakGrouperTest extends RandomizedTest {
    private static final GroupOptions OPTIONS = new GroupOptions("fleet", 10_000, 5);
    private static final int ENTITIES = 1_000;

    private final List<IncidentReport> said = new ArrayList<>();
    private OutbreakGrouper grouper = new OutbreakGrouper(OPTIONS, said::add);

    @Test
    void oneOutbreakOverAThousandEntitiesIsOneGroup() {
        run(outbreaks(100_000), false);
        assertThat(groups(IncidentState.OPENED)).singleElement().satisfies(group -> {
            assertThat(group.memberCount()).isEqualTo(ENTITIES);
            assertThat(group.count()).isEqualTo(ENTITIES);
            assertThat(group.members()).hasSize(ENTITIES).doesNotHaveDuplicates();
            assertThat(group.leading().get(0).feature()).isEqualTo("cpu");
            assertThat(group.description())
                    .startsWith("1000 entities broke within ")
                    .contains("leading are cpu");
            assertThat(members(IncidentState.OPENED))
                    .hasSize(ENTITIES)
                    .allMatch(member -> group.id().equals(member.group()));
        });
        assertThat(groups(IncidentState.RESOLVED))
                .singleElement()
                .satisfies(group -> assertThat(group.count()).isEqualTo(3 * ENTITIES));
        assertThat(members(IncidentState.RESOLVED)).hasSize(ENTITIES).allMatch(member -> member.group() != null);
        assertThat(grouper.openGroups()).isZero();
        assertThat(grouper.heldBack()).isZero();
    }

    @Test
    void twoOutbreaksFarApartAreTwo() {
        run(outbreaks(100_000, 500_000), false);
        assertThat(groups(IncidentState.OPENED)).hasSize(2);
        assertThat(groups(IncidentState.OPENED)).extracting(IncidentReport::id).doesNotHaveDuplicates();
        assertThat(groups(IncidentState.RESOLVED)).hasSize(2);
    }

    @Test
    void restoresInTheMiddleChangeNothing() {
        List<IncidentReport> scores = outbreaks(100_000, 500_000);
        run(scores, false);
        List<IncidentReport> undisturbed = new ArrayList<>(said);
        said.clear();
        grouper = new OutbreakGrouper(OPTIONS, said::add);
        run(scores, true);
        assertThat(said).containsExactlyElementsOf(undisturbed);
    }

    /** A large fleet has some false alarms at any time, here ten in an interval: these are not one cause. */
    @Test
    void whatChanceBringsIsNoGroup() {
        RandomGenerator random = random();
        for (int round = 0; round < 20; round++) {
            List<IncidentReport> reports = new ArrayList<>();
            long time = 0;
            for (int i = 0; i < 5_000; i++) {
                time += 1 + (long) (-1_000 * Math.log(1 - random.nextDouble()));
                reports.add(opened("e" + i, time));
            }
            said.clear();
            grouper = new OutbreakGrouper(OPTIONS, said::add);
            run(reports, false);
            assertThat(members(IncidentState.OPENED)).hasSize(5_000);
            // Until it is known how much happens by chance, a group or two; then none any more.
            assertThat(groups(IncidentState.OPENED)).hasSizeLessThanOrEqualTo(2);
            assertThat(groups(IncidentState.OPENED).stream().filter(group -> group.start() > 300_000))
                    .isEmpty();
        }
    }

    @Test
    void aLonelyIncidentIsHeldBackForOneIntervalAndNoLonger() {
        grouper.accept(opened("a", 1_000));
        grouper.advance(11_000);
        assertThat(said).isEmpty();
        grouper.advance(11_001);
        assertThat(said)
                .singleElement()
                .satisfies(report -> assertThat(report.group()).isNull());
    }

    @Test
    void whatIsSaidMeanwhileWaitsToo() {
        IncidentReport opened = opened("a", 1_000);
        grouper.accept(opened);
        grouper.accept(opened.in(IncidentState.RESOLVED).at(2_000));
        assertThat(said).isEmpty();
        grouper.advance(20_000);
        assertThat(said)
                .extracting(IncidentReport::state)
                .containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
        assertThat(grouper.heldBack()).isZero();
    }

    @Test
    void latecomersJoinAndTheGroupIsToldAgainWhenItDoubles() {
        for (int i = 0; i < 6; i++) {
            grouper.accept(opened("e" + i, 1_000 + i));
        }
        grouper.advance(12_000);
        assertThat(groups(IncidentState.OPENED)).hasSize(1);
        for (int i = 6; i < 12; i++) {
            grouper.accept(opened("e" + i, 10_000 + i));
        }
        assertThat(groups(IncidentState.UPDATED))
                .singleElement()
                .satisfies(group -> assertThat(group.memberCount()).isEqualTo(12));
        assertThat(members(IncidentState.OPENED)).hasSize(12).allMatch(member -> member.group() != null);
    }

    @Test
    void suppressedIncidentsAndStallsPassAtOnce() {
        IncidentReport stall =
                SimpleReports.of("fleet", IncidentKind.STALL, "", IncidentState.OPENED, 1, 1, 1, "stalled", null);
        IncidentReport suppressed = SimpleReports.of(
                "fleet", IncidentKind.SILENCE, "a", IncidentState.OPENED, 1, 1, 1, "silent", "maintenance");
        grouper.accept(stall);
        grouper.accept(suppressed);
        assertThat(said).containsExactly(stall, suppressed);
    }

    /** A thousand entities that break within eight seconds at each of these times, as the tracker reports them. */
    private static List<IncidentReport> outbreaks(long... times) {
        RandomGenerator random = random();
        TrackerHarness harness = new TrackerHarness();
        for (long time : times) {
            for (int entity = 0; entity < ENTITIES; entity++) {
                long onset = time + random.nextInt(8_000);
                for (int i = 0; i < 3; i++) {
                    harness.anomalous(
                            "e" + entity,
                            evidence(onset + i * 1_000L, 5.1, feature("cpu", 50, 9, 5), feature("disk", 3, 2, 1)));
                }
            }
            harness.watermark(time + 100_000);
        }
        return harness.reports;
    }

    private static IncidentReport opened(String entity, long time) {
        return SimpleReports.of(
                "fleet", IncidentKind.ANOMALY, entity, IncidentState.OPENED, time, time, time, "broke", null);
    }

    /** Sends reports in the order of their times, with a watermark behind each. */
    private void run(List<IncidentReport> reports, boolean restoring) {
        List<IncidentReport> ordered = new ArrayList<>(reports);
        ordered.sort(Comparator.comparingLong(IncidentReport::time));
        int sent = 0;
        for (IncidentReport report : ordered) {
            grouper.accept(report);
            grouper.advance(report.time());
            if (restoring && sent++ % 100 == 0) {
                grouper = restored(grouper);
            }
        }
        grouper.advance(Long.MAX_VALUE);
    }

    private OutbreakGrouper restored(OutbreakGrouper from) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            from.write(new DataOutputStream(bytes));
            OutbreakGrouper to = new OutbreakGrouper(OPTIONS, said::add);
            to.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            return to;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<IncidentReport> groups(IncidentState state) {
        return said.stream()
                .filter(report -> report.kind() == IncidentKind.GROUP && report.state() == state)
                .toList();
    }

    private List<IncidentReport> members(IncidentState state) {
        return said.stream()
                .filter(report -> report.kind() != IncidentKind.GROUP && report.state() == state)
                .toList();
    }
}
