package dev.noether.incident.outbreak;

import static dev.noether.incident.tracker.TrackerHarness.evidence;
import static dev.noether.incident.tracker.TrackerHarness.feature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.noether.incident.report.IncidentId;
import dev.noether.incident.report.UnscoredIncident;
import dev.noether.incident.tracker.TrackerHarness;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutbreakGrouperTest extends RandomizedTest {
    private static final OutbreakOptions OPTIONS = new OutbreakOptions("fleet", 10_000, 5);
    private static final int ENTITIES = 1_000;

    /** A group of two open members, and a held incident that is already resolved. */
    private static final String STATE_1 =
            "013ffffffde7211d8100000000000003e900000000000003e8000000010000002037383633323663323534343961"
                    + "636565386661313335613962326633653332640000000ccebacf8ccebcceb2cebfcf82010001000000000000c350"
                    + "000000000000c350000000000000c3507ff8000000000000000000000000c3507ff80000000000007ff800000000"
                    + "0000000000000000000000000000050000000673696c656e7400000000000000000000ffffffffffffffff010000"
                    + "002037383633323663323534343961636565386661313335613962326633653332640000000ccebacf8ccebcceb2"
                    + "cebfcf82010201000000000000c350000000000000c350000000000000c7387ff8000000000000000000000000c3"
                    + "507ff80000000000007ff8000000000000000000000000000000000000050000000673696c656e74000000000000"
                    + "00000000ffffffffffffffff00000001000000206530623565326635336435633966373138393235616461313535"
                    + "31326530386300000000000003e80000002062666439303964623837303132323034656562336263626537623131"
                    + "3032353800000002653100000200000000000003e900000000000003ea00000000000003e9402100000000000000"
                    + "000000000003e93f50624dd2f1a9fc40140000000000000000000000000001000000020000000363707542820000"
                    + "42c70000414800004138000041580000000000046469736b40400000400000003f80000000000000400000000600"
                    + "00003c6370752069732039392e352c2065787065637465642031322e352028757375616c6c792031312e3520746f"
                    + "2031332e35293b20616c736f206469736b00000000000000000000000000000000000700000000000003e9000000"
                    + "020000000200000000000003ea000000000000000000000000020000000265300000000265310000000200000020"
                    + "36326563323737616136366163353334303837346631346232306431623464650000000000000001000000206266"
                    + "64393039646238373031323230346565623362636265376231313032353800000000000000010000000100000003"
                    + "6370754282000042c7000041480000413800004158000000000002";

    /** The second format: the same state, with neither findings of the shape view nor hashes of models. */
    private static final String STATE_2 = "02" + STATE_1.substring(2, 362)
            + "0000" + STATE_1.substring(362, 668)
            + "0000" + STATE_1.substring(668, 1278)
            + "0000" + STATE_1.substring(1278);

    private final List<Incident> output = new ArrayList<>();
    private OutbreakGrouper grouper = new OutbreakGrouper(OPTIONS, output::add);

    @Test
    void oneOutbreakOverAThousandEntitiesIsOneGroup() {
        run(outbreaks(100_000), false);
        assertThat(groups(IncidentState.OPENED)).singleElement().satisfies(group -> {
            assertThat(group.group().memberCount()).isEqualTo(ENTITIES);
            assertThat(group.count()).isEqualTo(ENTITIES);
            assertThat(group.group().members()).hasSize(ENTITIES).doesNotHaveDuplicates();
            assertThat(group.diagnosis().causes().get(0).feature()).isEqualTo("cpu");
            assertThat(group.description())
                    .startsWith("1000 entities have incidents that began within ")
                    .endsWith("; most affected: cpu; look for a common cause");
            assertThat(members(IncidentState.OPENED))
                    .hasSize(ENTITIES)
                    .allMatch(member -> group.id().equals(member.group().id()));
        });
        assertThat(groups(IncidentState.RESOLVED))
                .singleElement()
                .satisfies(group -> assertThat(group.count()).isEqualTo(3 * ENTITIES));
        assertThat(members(IncidentState.RESOLVED))
                .hasSize(ENTITIES)
                .allMatch(member -> member.group().id() != null);
        assertThat(grouper.openGroups()).isZero();
        assertThat(grouper.heldCount()).isZero();
    }

    @Test
    void twoOutbreaksFarApartAreTwo() {
        run(outbreaks(100_000, 500_000), false);
        assertThat(groups(IncidentState.OPENED)).hasSize(2);
        assertThat(groups(IncidentState.OPENED)).extracting(Incident::id).doesNotHaveDuplicates();
        assertThat(groups(IncidentState.RESOLVED)).hasSize(2);
    }

    @Test
    void restoresInTheMiddleChangeNothing() {
        List<Incident> scores = outbreaks(100_000, 500_000);
        run(scores, false);
        List<Incident> undisturbed = new ArrayList<>(output);
        output.clear();
        grouper = new OutbreakGrouper(OPTIONS, output::add);
        run(scores, true);
        assertThat(output).containsExactlyElementsOf(undisturbed);
    }

    @Test
    void theFirstFormatIsReadAndTheSecondAddsTwoBytesForEachIncident() throws IOException {
        grouper.read(new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(STATE_1))));
        assertThat(grouper.openGroups()).isEqualTo(1);
        assertThat(grouper.heldCount()).isEqualTo(1);
        assertThat(grouper.newestHeldOnset()).isEqualTo(50_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        grouper.write(new DataOutputStream(bytes));
        assertThat(HexFormat.of().formatHex(bytes.toByteArray())).isEqualTo(STATE_2);
        grouper = new OutbreakGrouper(OPTIONS, output::add);
        grouper.read(new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(STATE_2))));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        grouper.write(new DataOutputStream(again));
        assertThat(HexFormat.of().formatHex(again.toByteArray())).isEqualTo(STATE_2);
        grouper.advance(Long.MAX_VALUE);
        assertThat(output)
                .extracting(Incident::state, Incident::entity)
                .containsExactly(tuple(IncidentState.OPENED, "κόμβος"), tuple(IncidentState.RESOLVED, "κόμβος"));
        assertThat(output).allMatch(report -> report.identity().detector().equals("fleet"));
    }

    /** A large fleet has some false alarms at any time, here ten in an interval: these are not one cause. */
    @Test
    void chanceIncidentsFormNoGroup() {
        RandomGenerator random = random();
        for (int round = 0; round < 20; round++) {
            List<Incident> reports = new ArrayList<>();
            long time = 0;
            for (int i = 0; i < 5_000; i++) {
                time += 1 + (long) (-1_000 * Math.log(1 - random.nextDouble()));
                reports.add(opened("e" + i, time));
            }
            output.clear();
            grouper = new OutbreakGrouper(OPTIONS, output::add);
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
        assertThat(output).isEmpty();
        grouper.advance(11_001);
        assertThat(output)
                .singleElement()
                .satisfies(report -> assertThat(report.group().id()).isNull());
    }

    @Test
    void laterReportsOfAHeldIncidentWaitToo() {
        Incident opened = opened("a", 1_000);
        grouper.accept(opened);
        grouper.accept(opened.withState(IncidentState.RESOLVED).withTime(2_000));
        assertThat(output).isEmpty();
        grouper.advance(20_000);
        assertThat(output).extracting(Incident::state).containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
        assertThat(grouper.heldCount()).isZero();
    }

    @Test
    void lateMembersJoinAndTheGroupIsReportedAgainWhenItDoubles() {
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
                .satisfies(group -> assertThat(group.group().memberCount()).isEqualTo(12));
        assertThat(members(IncidentState.OPENED))
                .hasSize(12)
                .allMatch(member -> member.group().id() != null);
    }

    @Test
    void suppressedIncidentsAndStallsPassAtOnce() {
        Incident stall = opened(IncidentKind.STALL, "", 1, null);
        Incident suppressed = opened(IncidentKind.SILENCE, "a", 1, "maintenance");
        grouper.accept(stall);
        grouper.accept(suppressed);
        assertThat(output).containsExactly(stall, suppressed);
    }

    /** A thousand entities that break within eight seconds at each of these times, as the tracker reports them. */
    private static List<Incident> outbreaks(long... times) {
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

    private static Incident opened(String entity, long time) {
        return opened(IncidentKind.ANOMALY, entity, time, null);
    }

    private static Incident opened(IncidentKind kind, String entity, long time, @Nullable String suppressed) {
        return UnscoredIncident.report(
                IncidentId.identity("fleet", kind, entity, time),
                IncidentState.OPENED,
                new IncidentTimes(time, time, time),
                "description",
                suppressed);
    }

    /** Sends reports in the order of their times, with a watermark behind each. */
    private void run(List<Incident> reports, boolean isRestoring) {
        List<Incident> ordered = new ArrayList<>(reports);
        ordered.sort(Comparator.comparingLong(Incident::time));
        int sent = 0;
        for (Incident report : ordered) {
            grouper.accept(report);
            grouper.advance(report.time());
            if (isRestoring && sent++ % 100 == 0) {
                grouper = restored(grouper);
            }
        }
        grouper.advance(Long.MAX_VALUE);
    }

    private OutbreakGrouper restored(OutbreakGrouper from) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            from.write(new DataOutputStream(bytes));
            OutbreakGrouper to = new OutbreakGrouper(OPTIONS, output::add);
            to.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            return to;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Incident> groups(IncidentState state) {
        return output.stream()
                .filter(report -> report.kind() == IncidentKind.GROUP && report.state() == state)
                .toList();
    }

    private List<Incident> members(IncidentState state) {
        return output.stream()
                .filter(report -> report.kind() != IncidentKind.GROUP && report.state() == state)
                .toList();
    }
}
