package dev.noether.console.store;

import static dev.noether.console.TestingRecords.DETECTOR;
import static dev.noether.console.TestingRecords.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.console.TestingRecords;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import dev.noether.schemas.Verdict;
import dev.noether.testing.RandomizedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store against a plain reference, whatever interrupts it. */
final class ConsoleStoreTest extends RandomizedTest {
    private static final int RECORDS = 1_500;
    private static final List<String> TABLES = List.of(
            "entity", "score", "hour", "entity_hour", "incident", "incident_report", "feedback", "position", "feature");

    @TempDir
    private Path folder;

    /** A record of one of the topics. */
    private sealed interface Entry {
        record OfScore(Score score) implements Entry {}

        record OfIncident(Incident incident) implements Entry {}

        record OfFeedback(FeedbackEvent event) implements Entry {}
    }

    private static List<Entry> entries(RandomGenerator random) {
        List<Entry> entries = new ArrayList<>();
        long time = START;
        for (int i = 0; i < RECORDS; i++) {
            time += random.nextInt(40_000);
            String entity = "e" + random.nextInt(5);
            String id = "id" + random.nextInt(20);
            int kind = random.nextInt(10);
            if (kind < 7) {
                Verdict verdict = Verdict.values()[random.nextInt(20) == 0 ? 1 : random.nextInt(8) == 0 ? 2 : 0];
                entries.add(new Entry.OfScore(TestingRecords.score(entity, time - random.nextInt(5_000), i, verdict)));
            } else if (kind < 9) {
                IncidentState state = IncidentState.values()[random.nextInt(3)];
                Severity severity = Severity.values()[random.nextInt(4)];
                entries.add(new Entry.OfIncident(
                        TestingRecords.incident(id, entity, state, severity, START + 1_000L * random.nextInt(100))));
            } else {
                FeedbackVerdict verdict = FeedbackVerdict.values()[random.nextInt(3)];
                entries.add(new Entry.OfFeedback(new FeedbackEvent(id, verdict, time, "ann", null)));
            }
        }
        return entries;
    }

    /** Stores the entries of one transaction, as the followers do. */
    private static void write(StoreConnection connection, List<Entry> entries, int from, int to) throws SQLException {
        ScoreBatch scores = new ScoreBatch(connection);
        IncidentBatch incidents = new IncidentBatch(connection);
        for (int i = from; i < to; i++) {
            if (entries.get(i) instanceof Entry.OfScore one) {
                scores.add(one.score(), 0, i);
            } else if (entries.get(i) instanceof Entry.OfIncident one) {
                incidents.add(one.incident(), 0, i);
            } else if (entries.get(i) instanceof Entry.OfFeedback one) {
                incidents.addFeedback(one.event(), 0, i);
            }
        }
        scores.finish();
        incidents.finish(TopicRole.INCIDENTS);
        ConsoleStore.advance(connection, TopicRole.SCORES, 0, to, to - from);
    }

    private static Map<String, List<String>> content(ConsoleStore store) {
        Map<String, List<String>> content = new TreeMap<>();
        for (String table : TABLES) {
            content.put(
                    table,
                    store.read(connection -> connection.list("SELECT * FROM " + table, row -> {
                        StringBuilder line = new StringBuilder();
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            Object value = row.getObject(i);
                            line.append(value instanceof byte[] bytes ? List.of(bytes.length) : value)
                                    .append(' ');
                        }
                        return line.toString();
                    })));
        }
        return content;
    }

    /** Restarts, failed transactions, and copies of the files while the store is open, which are what a kill leaves. */
    @Test
    void whateverInterruptsItTheContentIsThatOfOneTransaction(RandomGenerator random) throws Exception {
        List<Entry> entries = entries(random);
        Map<String, List<String>> expected;
        try (ConsoleStore whole = ConsoleStore.open(folder.resolve("whole"), DETECTOR)) {
            whole.write(connection -> {
                write(connection, entries, 0, entries.size());
                return true;
            });
            expected = content(whole);
            assertIsThatOf(entries, whole);
        }
        int runs = 0;
        ConsoleStore store = ConsoleStore.open(folder.resolve("run0"), DETECTOR);
        try {
            int next = 0;
            while (next < entries.size()) {
                int from = next;
                int to = Math.min(entries.size(), from + 1 + random.nextInt(60));
                int event = random.nextInt(10);
                if (event == 0) {
                    fail(store, entries, from, to);
                } else if (event == 1) {
                    runs++;
                    Path copy = folder.resolve("run" + runs);
                    copy(folder.resolve("run" + (runs - 1)), copy);
                    store.close();
                    store = ConsoleStore.open(copy, DETECTOR);
                } else if (event == 2) {
                    store.close();
                    store = ConsoleStore.open(folder.resolve("run" + runs), DETECTOR);
                }
                next = store.positions(TopicRole.SCORES).getOrDefault(0, 0L).intValue();
                assertThat(next).isEqualTo(from);
                store.write(connection -> {
                    write(connection, entries, from, to);
                    return true;
                });
                next = to;
            }
            assertThat(content(store)).isEqualTo(expected);
        } finally {
            store.close();
        }
        assertThat(runs).isPositive();
    }

    private static void fail(ConsoleStore store, List<Entry> entries, int from, int to) {
        assertThatThrownBy(() -> store.write(connection -> {
                    write(connection, entries, from, to);
                    throw new IllegalStateException("stopped");
                }))
                .hasMessage("stopped");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** Counts, newest records and anomalous scores, computed in the plainest way. */
    private static void assertIsThatOf(List<Entry> entries, ConsoleStore store) {
        Map<String, Long> rows = new HashMap<>();
        Map<String, Incident> newest = new HashMap<>();
        Map<String, FeedbackVerdict> judged = new HashMap<>();
        long anomalous = 0;
        for (Entry entry : entries) {
            if (entry instanceof Entry.OfScore one && one.score().verdict() != Verdict.UNSCORED) {
                rows.merge(one.score().entity(), 1L, Long::sum);
                anomalous += one.score().verdict() == Verdict.ANOMALOUS ? 1 : 0;
            } else if (entry instanceof Entry.OfIncident one) {
                newest.merge(one.incident().id(), one.incident(), (old, now) -> isNewer(now, old) ? now : old);
            } else if (entry instanceof Entry.OfFeedback one) {
                judged.put(one.event().incident(), one.event().verdict());
            }
        }
        rows.forEach((name, count) -> {
            EntityQueries.Entity entity = store.read(connection -> EntityQueries.get(connection, name, 0, 1));
            assertThat(entity).isNotNull();
            assertThat(entity.rows()).as(name).isEqualTo(count);
            assertThat(store.<Long>read(connection -> EntityQueries.alarmsOf(connection, name, 0, Long.MAX_VALUE)
                            .rows()))
                    .as(name)
                    .isEqualTo(count);
        });
        newest.forEach((id, incident) -> {
            StoredIncident stored = store.read(connection -> IncidentQueries.get(connection, id));
            assertThat(stored).isNotNull();
            assertThat(stored.incident()).isEqualTo(incident);
            FeedbackVerdict verdict = judged.get(id);
            assertThat(stored.feedback()).isEqualTo(verdict == FeedbackVerdict.WITHDRAWN ? null : verdict);
        });
        assertThat(store.read(IncidentQueries::count)).isEqualTo(newest.size());
        long kept = store.read(connection -> connection.number("SELECT count(*) FROM score WHERE verdict = 1"));
        assertThat(kept).isEqualTo(anomalous);
        EntityQueries.Alarms alarms = store.read(connection -> EntityQueries.alarms(connection, 0, Long.MAX_VALUE));
        assertThat(alarms.rows())
                .isEqualTo(rows.values().stream().mapToLong(count -> count).sum());
    }

    private static boolean isNewer(Incident one, Incident other) {
        return one.time() > other.time()
                || one.time() == other.time()
                        && one.state().ordinal() >= other.state().ordinal();
    }

    @Test
    void normalRowsAreThinnedAndMoreAreKeptAfterAnAnomalousOne() {
        try (ConsoleStore store = ConsoleStore.open(folder, DETECTOR)) {
            store.write(connection -> {
                ScoreBatch batch = new ScoreBatch(connection);
                for (int i = 0; i < 7_200; i++) {
                    Verdict verdict = i == 3_600 ? Verdict.ANOMALOUS : Verdict.NORMAL;
                    batch.add(TestingRecords.score("web", START + i * 1_000L, i, verdict), 0, i);
                }
                batch.finish();
                return true;
            });
            // One a minute for 110 minutes, one in ten seconds for ten, and the anomalous row.
            assertThat(store.read(ScoreQueries::count)).isBetween(165L, 175L);
            assertThat(store.<Long>read(
                            connection -> EntityQueries.alarmsOf(connection, "web", START, START + 3_600_000)
                                    .rows()))
                    .isEqualTo(3_600);
        }
    }

    @Test
    void whatIsTooOldIsRemovedAndWhatIsOpenStays() {
        try (ConsoleStore store = ConsoleStore.open(folder, DETECTOR)) {
            long day = 24 * 3_600_000L;
            store.write(connection -> {
                ScoreBatch scores = new ScoreBatch(connection);
                scores.add(TestingRecords.score("old", START, 0, Verdict.ANOMALOUS), 0, 0);
                scores.add(TestingRecords.score("new", START + 10 * day, 1, Verdict.ANOMALOUS), 0, 1);
                scores.finish();
                IncidentBatch batch = new IncidentBatch(connection);
                batch.add(TestingRecords.incident("over", "gone", IncidentState.RESOLVED), 0, 0);
                batch.add(TestingRecords.incident("open", "here", IncidentState.OPENED), 0, 1);
                batch.finish(TopicRole.INCIDENTS);
                return true;
            });
            new StoreRetention(store, Duration.ofDays(5), 1L << 30).run(START + 10 * day);
            assertThat(store.<StoredIncident>read(connection -> IncidentQueries.get(connection, "over")))
                    .isNull();
            assertThat(store.<StoredIncident>read(connection -> IncidentQueries.get(connection, "open")))
                    .isNotNull();
            assertThat(store.read(ScoreQueries::count)).isEqualTo(1);
            assertThat(store.<List<String>>read(connection -> EntityQueries.names(connection, "", 10)))
                    .containsExactly("here", "new");
        }
    }

    /** A record from the future, of a clock that is wrong, must not make everything old. */
    @Test
    void aTimeInTheFutureRemovesNothing() {
        try (ConsoleStore store = ConsoleStore.open(folder, DETECTOR)) {
            store.write(connection -> {
                ScoreBatch scores = new ScoreBatch(connection);
                scores.add(TestingRecords.score("web", START, 0, Verdict.ANOMALOUS), 0, 0);
                scores.add(TestingRecords.score("web", START * 2, 1, Verdict.ANOMALOUS), 0, 1);
                scores.finish();
                return true;
            });
            new StoreRetention(store, Duration.ofDays(5), 1L << 30).run(START);
            assertThat(store.read(ScoreQueries::count)).isEqualTo(2);
        }
    }

    /** Old data, as in a replay, among which one record has a time far ahead of the clock. */
    @Test
    void oneWrongTimeAmongOldDataRemovesNothingOfThem() {
        long year = 365L * 24 * 3_600_000;
        try (ConsoleStore store = ConsoleStore.open(folder, DETECTOR)) {
            store.write(connection -> {
                ScoreBatch scores = new ScoreBatch(connection);
                for (int i = 0; i < 3_000; i++) {
                    scores.add(TestingRecords.score("web", START + i * 1_200L, i, Verdict.ANOMALOUS), 0, i);
                }
                scores.add(TestingRecords.score("web", START + 10 * year, 3_000, Verdict.ANOMALOUS), 0, 3_000);
                scores.finish();
                return true;
            });
            new StoreRetention(store, Duration.ofDays(30), 1L << 30).run(START + year);
            assertThat(store.read(ScoreQueries::count)).isEqualTo(3_001);
            long used = store.read(
                    connection -> connection.number("PRAGMA page_size") * connection.number("PRAGMA page_count"));
            new StoreRetention(store, Duration.ofDays(365), used - 1).run(START + year);
            assertThat(store.read(ScoreQueries::count))
                    .as("a file that is too large loses a tenth at a time, whatever the newest time is")
                    .isBetween(1_500L, 3_000L);
        }
    }

    /** The key of a removed entity may be given to another one. */
    @Test
    void ofARemovedEntityNoCountsStay() {
        long hour = 3_600_000L;
        long midday = START - Math.floorMod(START, 24 * hour) + 12 * hour;
        try (ConsoleStore store = ConsoleStore.open(folder, DETECTOR)) {
            store.write(connection -> {
                ScoreBatch scores = new ScoreBatch(connection);
                scores.add(TestingRecords.score("new", midday + 48 * hour, 0, Verdict.NORMAL), 0, 0);
                scores.add(TestingRecords.score("old", midday, 1, Verdict.NORMAL), 0, 1);
                scores.finish();
                return true;
            });
            new StoreRetention(store, Duration.ofHours(47), 1L << 30).run(midday + 48 * hour);
            assertThat(store.<List<String>>read(connection -> EntityQueries.names(connection, "", 10)))
                    .containsExactly("new");
            assertThat(store.<Long>read(connection -> connection.number("SELECT count(*) FROM entity_hour")))
                    .isEqualTo(1);
        }
    }

    @Test
    void theRateOfAnEntityCountsWhatTheBudgetCountsInTheHoursOfItsRows() {
        long hour = 3_600_000L;
        try (ConsoleStore store = ConsoleStore.open(folder, DETECTOR)) {
            store.write(connection -> {
                ScoreBatch scores = new ScoreBatch(connection);
                for (int i = 0; i < 120; i++) {
                    scores.add(TestingRecords.score("web", START + i * 60_000L, i, Verdict.NORMAL), 0, i);
                }
                scores.finish();
                IncidentBatch batch = new IncidentBatch(connection);
                String[] ids = {"told", "confirmed", "suppressed", "later"};
                for (int i = 0; i < ids.length; i++) {
                    long start = START + (ids[i].equals("later") ? hour : 1_000L * i);
                    Incident one = TestingRecords.incident(ids[i], "web", IncidentState.OPENED, Severity.HIGH, start);
                    batch.add(one, 0, i);
                }
                batch.addFeedback(new FeedbackEvent("confirmed", FeedbackVerdict.CONFIRMED, START, null, null), 0, 0);
                batch.finish(TopicRole.INCIDENTS);
                return connection.update("UPDATE incident SET is_suppressed = 1 WHERE id = 'suppressed'");
            });
            EntityQueries.Alarms found = store.read(
                    connection -> EntityQueries.alarmsOf(connection, "web", START + 1_800_000, START + 1_900_000));
            assertThat(found.rows()).as("the whole hour").isEqualTo(60);
            assertThat(found.alarms()).as("those of that hour that count").isEqualTo(1);
        }
    }

    /** SQLite ends the transaction itself when the disk is full: to undo it again is an error. */
    @Test
    void afterAFullDiskChangesAreTransactionsAgain() {
        try (ConsoleStore store = ConsoleStore.open(folder, DETECTOR)) {
            assertThatThrownBy(() -> store.write(connection -> {
                        connection.execute("ROLLBACK");
                        throw new SQLException("[SQLITE_FULL] database or disk is full");
                    }))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("disk is full");
            assertThat(store.failure()).contains("disk is full");
            assertThatThrownBy(() -> store.write(connection -> {
                        ConsoleStore.advance(connection, TopicRole.SCORES, 0, 5, 5);
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThat(store.positions(TopicRole.SCORES)).isEmpty();
            store.write(connection -> {
                ConsoleStore.advance(connection, TopicRole.SCORES, 0, 7, 7);
                return true;
            });
            assertThat(store.positions(TopicRole.SCORES)).containsEntry(0, 7L);
            assertThat(store.failure()).isNull();
        }
    }

    @Test
    void whatIsTooMuchIsRemovedTheOldestFirst() {
        long limit = 4L << 20;
        try (ConsoleStore store = ConsoleStore.open(folder, DETECTOR)) {
            for (int round = 0; round < 10; round++) {
                int first = round * 10_000;
                store.write(connection -> {
                    ScoreBatch batch = new ScoreBatch(connection);
                    for (int i = first; i < first + 10_000; i++) {
                        batch.add(TestingRecords.score("e" + i % 7, START + i * 1_000L, i, Verdict.ANOMALOUS), 0, i);
                    }
                    batch.finish();
                    return true;
                });
            }
            assertThat(store.bytes()).isGreaterThan(limit);
            new StoreRetention(store, Duration.ofDays(365), limit).run(START);
            assertThat(store.<Long>read(connection ->
                            connection.number("PRAGMA page_size") * connection.number("PRAGMA page_count")))
                    .isLessThan(limit);
            Long oldest = store.read(ScoreQueries::oldest);
            assertThat(oldest).isGreaterThan(START);
            long kept = store.read(ScoreQueries::count);
            assertThat(kept).as("the newest stay, without gaps").isEqualTo((START + 100_000_000L - oldest) / 1_000);
        }
    }

    @Test
    void aDamagedFileAndOneOfAnotherVersionArePutAside() throws Exception {
        Path file = folder.resolve("console.sqlite");
        Files.write(file, new byte[10_000]);
        Files.writeString(file, "this is no database, and it is longer than the header of one ..............");
        try (ConsoleStore store = ConsoleStore.open(folder, DETECTOR)) {
            assertThat(store.read(IncidentQueries::count)).isZero();
            store.write(connection -> {
                connection.execute("PRAGMA user_version = 99");
                return true;
            });
        }
        assertThat(folder.resolve("console.sqlite.old")).exists();
        try (ConsoleStore store = ConsoleStore.open(folder, DETECTOR)) {
            assertThat(store.<Long>read(connection -> connection.number("PRAGMA user_version")))
                    .isEqualTo((long) StoreSchema.VERSION);
        }
        assertThatThrownBy(() -> ConsoleStore.open(folder, "other"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(
                        "belongs to the detector `fleet`; give the detector `other` its own console.directory");
    }

    @Test
    void oneConsoleAtATimeHasTheStore() {
        try (ConsoleStore store = ConsoleStore.open(folder, DETECTOR)) {
            assertThat(store.bytes()).isPositive();
            assertThatThrownBy(() -> ConsoleStore.open(folder, DETECTOR))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is open in another console");
        }
        ConsoleStore.open(folder, DETECTOR).close();
    }

    @Test
    void aTopicThatWasMadeAgainReplacesWhatCameFromTheOldOne() {
        try (ConsoleStore store = ConsoleStore.open(folder, DETECTOR)) {
            assertThat(store.follow(TopicRole.INCIDENTS, "first")).isFalse();
            store.write(connection -> {
                IncidentBatch batch = new IncidentBatch(connection);
                batch.add(TestingRecords.incident("a", "web", IncidentState.OPENED), 0, 0);
                batch.finish(TopicRole.INCIDENTS);
                ConsoleStore.advance(connection, TopicRole.INCIDENTS, 0, 1, 1);
                return true;
            });
            assertThat(store.follow(TopicRole.INCIDENTS, "first")).isFalse();
            assertThat(store.positions(TopicRole.INCIDENTS)).containsEntry(0, 1L);
            assertThat(store.follow(TopicRole.INCIDENTS, "second")).isTrue();
            assertThat(store.positions(TopicRole.INCIDENTS)).isEmpty();
            assertThat(store.read(IncidentQueries::count)).isZero();
        }
    }
}
