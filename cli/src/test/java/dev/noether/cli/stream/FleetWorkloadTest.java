package dev.noether.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FleetWorkloadTest {
    private static final int LIVE = 500;

    @Test
    void theLivePartFollowsTheHistoryInTimeOrder() {
        FleetWorkload workload = new FleetWorkload(5, FleetWorkload.HISTORY_MINUTES, LIVE, 7);

        long last = Long.MIN_VALUE;
        int history = 0;
        for (RowCursor rows = workload.history(); rows.next(); history++) {
            assertThat(rows.eventTime()).isGreaterThanOrEqualTo(last);
            assertThat(rows.isAnomalous()).isFalse();
            last = rows.eventTime();
        }
        int live = 0;
        int anomalous = 0;
        for (RowCursor rows = workload.live(); rows.next(); live++) {
            assertThat(rows.eventTime()).isGreaterThanOrEqualTo(live == 0 ? last + 1 : last);
            last = rows.eventTime();
            anomalous += rows.isAnomalous() ? 1 : 0;
        }

        assertThat(history).isEqualTo(5 * FleetWorkload.HISTORY_MINUTES);
        assertThat(live).isBetween(5 * (LIVE - 60), workload.liveRows());
        assertThat(anomalous).isPositive();
        assertThat(workload.faults()).isNotEmpty();
    }

    @Test
    void aLaterStartContinuesWithTheSameServers() {
        FleetWorkload first = new FleetWorkload(3, FleetWorkload.HISTORY_MINUTES, LIVE, 7);
        long start = Workload.minuteAfter(lastEventTime(first.live()));
        FleetWorkload second = new FleetWorkload(3, start, LIVE, 7);

        RowCursor rows = second.live();
        assertThat(rows.next()).isTrue();

        assertThat(rows.eventTime()).isEqualTo(lastEventTime(first.live()) + 60_000);
        assertThat(second.entities()).isEqualTo(first.entities());
        assertThat(second.description()).isEqualTo(first.description());
    }

    @Test
    void allCursorsReturnTheSameRows() {
        FleetWorkload workload = new FleetWorkload(4, FleetWorkload.HISTORY_MINUTES, LIVE, 7);
        FleetWorkload again = new FleetWorkload(4, FleetWorkload.HISTORY_MINUTES, LIVE, 7);
        RowCursor first = workload.live();
        RowCursor second = again.live();

        while (first.next()) {
            assertThat(second.next()).isTrue();
            assertThat(second.entity()).isEqualTo(first.entity());
            assertThat(second.eventTime()).isEqualTo(first.eventTime());
            assertThat(second.values()).isEqualTo(first.values());
            assertThat(second.isAnomalous()).isEqualTo(first.isAnomalous());
        }
        assertThat(second.next()).isFalse();
    }

    @Test
    void aLabelledRowLiesInAFaultOfItsServer() {
        FleetWorkload workload = new FleetWorkload(20, FleetWorkload.HISTORY_MINUTES, LIVE, 7);

        for (RowCursor rows = workload.live(); rows.next(); ) {
            int entity = rows.entity();
            long eventTime = rows.eventTime();
            assertThat(workload.faults().stream().anyMatch(fault -> fault.covers(entity, eventTime)))
                    .isEqualTo(rows.isAnomalous());
        }
    }

    @Test
    void theKindsOfTheFaultsAreInLowerCase() {
        FleetWorkload workload = new FleetWorkload(20, FleetWorkload.HISTORY_MINUTES, LIVE, 7);

        assertThat(workload.faults())
                .extracting(Workload.FaultInterval::kind)
                .contains("spike", "level_shift", "broken_correlation")
                .allMatch(kind -> kind.matches("[a-z_]+"));
    }

    private static long lastEventTime(RowCursor rows) {
        long last = Long.MIN_VALUE;
        while (rows.next()) {
            last = rows.eventTime();
        }
        return last;
    }
}
