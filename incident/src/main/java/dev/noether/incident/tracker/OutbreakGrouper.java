package dev.noether.incident.tracker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds incidents of many entities that have one cause: they open at the same time.
 *
 * <p>An incident is held back for one interval. When the interval is over and at least {@link GroupOptions#leastMembers}
 * incidents opened in it, and far more than chance brings (the number that opens in an interval otherwise, plus six of its
 * standard deviations), a group opens; its members are passed on with its id. What opens within an interval of
 * the last member joins: each incident is dilated by the interval, and what overlaps belongs together. Otherwise it is
 * passed on as it is. The group is told again when its members double, and when the last one is over.
 *
 * <p>Suppressed incidents and those that are no entity's pass at once. Not thread safe.
 */
public final class OutbreakGrouper {
    private static final int FORMAT_VERSION = 1;
    /** The background rate is an average over about this many intervals. */
    private static final double MEMORY_INTERVALS = 100;

    private static final double DEVIATIONS = 6;
    private static final long NONE = Long.MAX_VALUE;

    private final GroupOptions options;
    private final Consumer<IncidentReport> out;
    private final Map<String, Held> held = new HashMap<>();
    private final List<OpenGroup> groups = new ArrayList<>();
    /** When the earliest of those that wait opened. */
    private long earliest = NONE;

    private double background;
    private long backgroundTime = Long.MIN_VALUE;
    private long firstTime = Long.MAX_VALUE;

    /** An incident that waits, and what was said of it meanwhile. */
    private static final class Held {
        IncidentReport opened;

        @Nullable
        IncidentReport resolved;

        Held(IncidentReport opened) {
            this.opened = opened;
        }
    }

    /**
     * Makes a grouper.
     *
     * @param options what it goes by
     * @param out takes what is said
     */
    public OutbreakGrouper(GroupOptions options, Consumer<IncidentReport> out) {
        this.options = options;
        this.out = out;
    }

    /** Incidents that wait. */
    public int heldBack() {
        return held.size();
    }

    /** When the newest of those that wait opened; {@link Long#MIN_VALUE} where none waits. */
    public long newestHeldBack() {
        long newest = Long.MIN_VALUE;
        for (Held one : held.values()) {
            newest = Math.max(newest, one.opened.time());
        }
        return newest;
    }

    /** Groups of which a member lasts. */
    public int openGroups() {
        return groups.size();
    }

    /** Takes in what is said of an incident. */
    public void accept(IncidentReport report) {
        boolean single = report.kind() == IncidentKind.ANOMALY || report.kind() == IncidentKind.SILENCE;
        Held waiting = held.get(report.id());
        if (waiting != null) {
            update(waiting, report);
        } else if (report.state() != IncidentState.OPENED) {
            follow(report);
        } else if (!single || report.suppressed() != null || options.intervalMillis() == 0) {
            out.accept(report);
        } else {
            open(report);
        }
    }

    private static void update(Held waiting, IncidentReport report) {
        if (report.state() == IncidentState.RESOLVED) {
            waiting.resolved = report;
        } else {
            // Nobody has heard of it yet: it opens as what it has become, at the time at which it opened.
            waiting.opened = report.in(IncidentState.OPENED).at(waiting.opened.time());
        }
    }

    private void follow(IncidentReport report) {
        for (int i = 0; i < groups.size(); i++) {
            OpenGroup group = groups.get(i);
            if (group.hasOpen(report.id())) {
                group.follow(report);
                out.accept(report.memberOf(group.id));
                if (group.isOver()) {
                    groups.remove(i);
                    out.accept(group.report(IncidentState.RESOLVED, report.time()));
                }
                return;
            }
        }
        out.accept(report);
    }

    private void open(IncidentReport report) {
        for (OpenGroup group : groups) {
            if (group.reaches(report.time(), options.intervalMillis())) {
                joinAndSay(group, report);
                return;
            }
        }
        hold(new Held(report));
    }

    private void hold(Held one) {
        held.put(one.opened.id(), one);
        earliest = Math.min(earliest, one.opened.time());
    }

    private void joinAndSay(OpenGroup group, IncidentReport report) {
        // What comes late may be chance: else a group would swallow a busy fleet's for as long as it lasts.
        noteBackground(report.time(), 1);
        group.join(report);
        out.accept(report.memberOf(group.id));
        if (group.memberCount >= 2 * group.reportedMembers) {
            out.accept(group.report(IncidentState.UPDATED, report.time()));
        }
    }

    /** Passes on, alone or as groups, what opened an interval before this event time or earlier. */
    public void advance(long watermark) {
        if (!isRipe(earliest, watermark)) {
            return;
        }
        List<Held> waiting = new ArrayList<>(held.values());
        waiting.sort(Comparator.comparingLong((Held one) -> one.opened.time())
                .thenComparing(one -> one.opened.entity())
                .thenComparing(one -> one.opened.id()));
        int next = 0;
        while (next < waiting.size() && isRipe(waiting.get(next).opened.time(), watermark)) {
            next += passOn(waiting, next);
        }
        earliest = next < waiting.size() ? waiting.get(next).opened.time() : NONE;
    }

    private boolean isRipe(long onset, long watermark) {
        return onset != NONE && onset + options.intervalMillis() < watermark;
    }

    /** Passes on the earliest of those that wait, and those that belong to it; returns how many. */
    private int passOn(List<Held> waiting, int from) {
        long onset = waiting.get(from).opened.time();
        int together = 1;
        while (from + together < waiting.size()
                && waiting.get(from + together).opened.time() <= onset + options.intervalMillis()) {
            together++;
        }
        double least = leastMembers(onset);
        // A group counts as chance too, but for no more than what made it one: else a fleet in which much happens by
        // chance would have groups for ever, or one large outbreak would hide the next.
        noteBackground(onset, together < least ? 1 : least);
        if (together < least) {
            release(waiting.get(from), null);
            return 1;
        }
        OpenGroup group = new OpenGroup(options.detector(), waiting.get(from).opened);
        int members = 0;
        while (from + members < waiting.size()
                && group.reaches(waiting.get(from + members).opened.time(), options.intervalMillis())) {
            group.join(waiting.get(from + members).opened);
            members++;
        }
        noteBackground(group.lastOnset, members - together);
        groups.add(group);
        out.accept(group.report(IncidentState.OPENED, onset + options.intervalMillis()));
        for (int i = 0; i < members; i++) {
            release(waiting.get(from + i), group);
        }
        return members;
    }

    private void release(Held one, @Nullable OpenGroup group) {
        held.remove(one.opened.id());
        out.accept(group == null ? one.opened : one.opened.memberOf(group.id));
        if (one.resolved != null) {
            follow(one.resolved);
        }
    }

    private double leastMembers(long onset) {
        double intervals = firstTime >= onset ? 0 : (double) (onset - firstTime) / options.intervalMillis();
        double seen = MEMORY_INTERVALS * -Math.expm1(-Math.max(1, intervals) / MEMORY_INTERVALS);
        double usual = fadedBackground(onset) / seen;
        return Math.max(options.leastMembers(), 1 + usual + DEVIATIONS * Math.sqrt(usual));
    }

    private void noteBackground(long onset, double incidents) {
        background = fadedBackground(onset) + incidents;
        firstTime = Math.min(firstTime, onset);
        backgroundTime = Math.max(backgroundTime, onset);
    }

    /** Incidents that opened by chance of late, the older ones counting less. */
    private double fadedBackground(long time) {
        if (backgroundTime == Long.MIN_VALUE || time <= backgroundTime) {
            return background;
        }
        return background * Math.exp(-(time - backgroundTime) / (MEMORY_INTERVALS * options.intervalMillis()));
    }

    /** Writes its state, behind a format version. */
    public void write(DataOutput target) throws IOException {
        target.writeByte(FORMAT_VERSION);
        target.writeDouble(background);
        target.writeLong(backgroundTime);
        target.writeLong(firstTime);
        target.writeInt(held.size());
        for (Held one : held.values()) {
            ReportBytes.write(one.opened, target);
            target.writeBoolean(one.resolved != null);
            if (one.resolved != null) {
                ReportBytes.write(one.resolved, target);
            }
        }
        target.writeInt(groups.size());
        for (OpenGroup group : groups) {
            group.write(target);
        }
    }

    /**
     * Adds what {@link #write} wrote.
     *
     * @throws IOException if the format version is another one
     */
    public void read(DataInput source) throws IOException {
        int format = source.readByte();
        if (format != FORMAT_VERSION) {
            throw new IOException("found state format version " + format + ", this build reads " + FORMAT_VERSION);
        }
        background = source.readDouble();
        backgroundTime = source.readLong();
        firstTime = source.readLong();
        int waiting = source.readInt();
        for (int i = 0; i < waiting; i++) {
            Held one = new Held(ReportBytes.read(source));
            one.resolved = source.readBoolean() ? ReportBytes.read(source) : null;
            hold(one);
        }
        int open = source.readInt();
        for (int i = 0; i < open; i++) {
            groups.add(OpenGroup.read(source));
        }
    }
}
