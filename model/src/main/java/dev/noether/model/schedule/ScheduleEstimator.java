package dev.noether.model.schedule;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds schedules in histories: sparse deviations that recur at the same phase of a period. Periods are tried from short
 * to long, and what a shorter one explains is taken off before the next. A history must show a period three times.
 *
 * <p>Not thread safe.
 */
public final class ScheduleEstimator {
    private static final long MINUTE = 60_000;

    private static final long HOUR = 60 * MINUTE;

    private static final long DAY = 24 * HOUR;

    /** Periods that people and their timers choose. */
    private static final long[] USUAL_PERIODS = {
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        20 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        4 * HOUR,
        6 * HOUR,
        8 * HOUR,
        12 * HOUR,
        DAY,
        7 * DAY
    };

    /** A level is the median over this time, to each side. A job must take less than half of both sides together. */
    private static final long HALF_LEVEL = 90 * MINUTE;

    private static final int LEAST_HALF_CELLS = 15;

    private static final int FEWEST_BINS = 10;

    private static final int LEAST_REPEATS = 3;

    private static final int FEWEST_ROWS = 100;

    /** A zone must explain this much more than UTC; a change near an end of the history concerns few repeats. */
    private static final double LEAST_ZONE_GAIN = 1.01;

    /** A zone is chosen by this many entities, those with most rows: a schedule is fitted to them in each zone. */
    private static final int MOST_FOR_ZONE = 4;

    private final int features;
    private final long gridMillis;
    private final int half;
    private final ScheduleOptions options;

    /**
     * Makes an estimator.
     *
     * @param features values in a row
     * @param rowIntervalMillis usual time from a row of an entity to its next
     */
    public ScheduleEstimator(int features, long rowIntervalMillis, ScheduleOptions options) {
        this.features = features;
        this.gridMillis = Math.max(rowIntervalMillis, MINUTE);
        this.half = (int) Math.max(LEAST_HALF_CELLS, HALF_LEVEL / gridMillis);
        this.options = options;
    }

    /**
     * Finds the schedules of entities. If the zone is to be found, it is the one of {@link ZoneCandidates} in which the
     * other repeats explain most of each repeat. A zone must explain more than UTC.
     *
     * @param names names of the features, for the words
     */
    public ScheduleFit fit(List<ScheduleSeries> series, List<String> names) {
        return fit(series, names, options.findsZone() ? zoneOf(series, names) : options.zone());
    }

    private String zoneOf(List<ScheduleSeries> series, List<String> names) {
        List<ScheduleSeries> longest = series.stream()
                .sorted(Comparator.comparingInt(ScheduleSeries::count).reversed())
                .limit(MOST_FOR_ZONE)
                .toList();
        List<String> zones = ZoneCandidates.of(longest);
        String best = ZoneCandidates.DEFAULT;
        double explained = zones.isEmpty()
                ? 0
                : LEAST_ZONE_GAIN * fit(longest, names, best).explained();
        for (String zone : zones) {
            double other = fit(longest, names, zone).explained();
            if (other > explained) {
                best = zone;
                explained = other;
            }
        }
        return best;
    }

    private ScheduleFit fit(List<ScheduleSeries> series, List<String> names, String zoneName) {
        ZoneId zone = Schedule.requireZone(zoneName);
        List<float[]> amounts = new ArrayList<>();
        PageCollector pages = new PageCollector(zoneName, gridMillis, names);
        for (ScheduleSeries one : series) {
            EntitySchedule found = options.choice() == ScheduleChoice.OFF || pages.isFull() ? null : find(one, zone);
            amounts.add(found == null ? new float[0] : found.amounts());
            if (found != null) {
                pages.add(one.entity(), found);
            }
        }
        return new ScheduleFit(pages.schedule(), amounts, pages.jobs());
    }

    /** Finds the schedule of one entity; null if its history shows none. */
    @Nullable
    private EntitySchedule find(ScheduleSeries series, ZoneId zone) {
        if (series.count() < FEWEST_ROWS || !CellSeries.fits(series, gridMillis)) {
            return null;
        }
        CellSeries cells = new CellSeries(series, features, gridMillis, half);
        LocalClock clock = new LocalClock(zone);
        List<FittedLayer> layers = new ArrayList<>();
        float[] amounts = {};
        for (long period : periods(cells)) {
            FittedLayer layer = LayerFitter.fit(cells, new PhaseGrid(cells, period, clock));
            if (layer != null && layers.size() < SchedulePage.MOST_LAYERS) {
                layers.add(layer);
                amounts = HistoryAmounts.of(cells, series, layers, cells.tolerance());
                cells.takeOff(amounts);
            }
        }
        return layers.isEmpty()
                ? null
                : new EntitySchedule(
                        new SchedulePage(layers.stream().map(FittedLayer::whole).toList(), cells.tolerance()),
                        layers,
                        amounts);
    }

    private List<Long> periods(CellSeries cells) {
        List<Long> periods = new ArrayList<>();
        long span = cells.cells() * gridMillis;
        for (long period : USUAL_PERIODS) {
            if (period >= FEWEST_BINS * gridMillis && span >= LEAST_REPEATS * period) {
                periods.add(period);
            }
        }
        return periods;
    }
}
