package dev.noether.incident.outbreak;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Groups incidents of many entities that open at the same time and therefore probably have one cause.
 *
 * <p>Each incident is held back for one interval. A group opens if at least {@link OutbreakOptions#minMembers}
 * incidents opened in the interval, and more than chance explains ({@link ChanceRate}). Its members are then passed on
 * with the group's id. Otherwise the incident is passed on as it is. An incident that opens within one interval of the
 * group's newest member joins the group. A group is reported again when its number of members doubles, and when its
 * last member is resolved.
 *
 * <p>Suppressed incidents, and incidents of no single entity, are passed on at once. Not thread safe.
 */
public final class OutbreakGrouper {
    private static final int FORMAT_WITH_FINDINGS = 2;
    private static final int FORMAT_VERSION = 2;
    private static final long NONE = Long.MAX_VALUE;

    private final OutbreakOptions options;
    private final Consumer<Incident> out;
    private final Map<String, HeldIncident> heldIncidents = new HashMap<>();
    private final List<OpenOutbreak> outbreaks = new ArrayList<>();
    private final ChanceRate chanceRate;
    /** Event time at which the oldest held incident opened. */
    private long oldestOnset = NONE;

    /**
     * Makes a grouper.
     *
     * @param options the settings
     * @param out receiver of the reports
     */
    public OutbreakGrouper(OutbreakOptions options, Consumer<Incident> out) {
        this.options = options;
        this.out = out;
        this.chanceRate = new ChanceRate(options.intervalMillis());
    }

    /** Returns the number of incidents that are held back. */
    public int heldCount() {
        return heldIncidents.size();
    }

    /** Returns the event time at which the newest held incident opened; {@link Long#MIN_VALUE} if none is held back. */
    public long newestHeldOnset() {
        long newest = Long.MIN_VALUE;
        for (HeldIncident held : heldIncidents.values()) {
            newest = Math.max(newest, held.onset());
        }
        return newest;
    }

    /** Returns the number of open groups. */
    public int openGroups() {
        return outbreaks.size();
    }

    /** Adds a report of an incident. */
    public void accept(Incident report) {
        HeldIncident held = heldIncidents.get(report.id());
        if (held != null) {
            held.add(report);
        } else if (report.state() != IncidentState.OPENED) {
            passOnLaterReport(report);
        } else if (!isGroupable(report)) {
            out.accept(report);
        } else {
            joinOrHold(report);
        }
    }

    private boolean isGroupable(Incident opened) {
        boolean isOfOneEntity = opened.kind() == IncidentKind.ANOMALY || opened.kind() == IncidentKind.SILENCE;
        return isOfOneEntity && opened.suppressed() == null && options.intervalMillis() != 0;
    }

    private void passOnLaterReport(Incident report) {
        for (int i = 0; i < outbreaks.size(); i++) {
            OpenOutbreak outbreak = outbreaks.get(i);
            if (outbreak.hasOpenMember(report.id())) {
                outbreak.update(report);
                out.accept(report.inGroup(outbreak.id()));
                if (outbreak.isOver()) {
                    outbreaks.remove(i);
                    out.accept(outbreak.report(IncidentState.RESOLVED, report.time()));
                }
                return;
            }
        }
        out.accept(report);
    }

    private void joinOrHold(Incident opened) {
        for (OpenOutbreak outbreak : outbreaks) {
            if (outbreak.includes(opened.time(), options.intervalMillis())) {
                join(outbreak, opened);
                return;
            }
        }
        hold(new HeldIncident(opened));
    }

    private void hold(HeldIncident held) {
        heldIncidents.put(held.opened().id(), held);
        oldestOnset = Math.min(oldestOnset, held.onset());
    }

    private void join(OpenOutbreak outbreak, Incident opened) {
        // A late member may be chance. If it did not count, a group in a busy fleet would swallow all incidents
        // meanwhile.
        chanceRate.add(opened.time(), 1);
        outbreak.add(opened);
        out.accept(opened.inGroup(outbreak.id()));
        if (outbreak.hasDoubled()) {
            out.accept(outbreak.report(IncidentState.UPDATED, opened.time()));
        }
    }

    /** Passes on all incidents that opened more than one interval before the watermark, alone or as groups. */
    public void advance(long watermark) {
        if (!isDue(oldestOnset, watermark)) {
            return;
        }
        List<HeldIncident> waiting = new ArrayList<>(heldIncidents.values());
        waiting.sort(HeldIncident.OLDEST_FIRST);
        int next = 0;
        while (next < waiting.size() && isDue(waiting.get(next).onset(), watermark)) {
            next += passOn(waiting.subList(next, waiting.size()));
        }
        oldestOnset = next < waiting.size() ? waiting.get(next).onset() : NONE;
    }

    private boolean isDue(long onset, long watermark) {
        return onset != NONE && onset + options.intervalMillis() < watermark;
    }

    /** Passes on the oldest incident, alone or with its group; returns the number of incidents passed on. */
    private int passOn(List<HeldIncident> waiting) {
        long onset = waiting.get(0).onset();
        int simultaneous = 1;
        while (simultaneous < waiting.size() && waiting.get(simultaneous).onset() <= onset + options.intervalMillis()) {
            simultaneous++;
        }
        double minMembers = Math.max(options.minMembers(), chanceRate.limit(onset));
        // A group counts as chance too, but only up to the limit. Otherwise a fleet with many chance incidents would
        // always
        // form groups, or one large outbreak would hide the next.
        chanceRate.add(onset, simultaneous < minMembers ? 1 : minMembers);
        if (simultaneous < minMembers) {
            release(waiting.get(0), null);
            return 1;
        }
        return openGroup(waiting, onset, simultaneous);
    }

    private int openGroup(List<HeldIncident> waiting, long onset, int simultaneous) {
        OpenOutbreak outbreak =
                new OpenOutbreak(options.detector(), waiting.get(0).opened());
        int members = 0;
        while (members < waiting.size()
                && outbreak.includes(waiting.get(members).onset(), options.intervalMillis())) {
            outbreak.add(waiting.get(members).opened());
            members++;
        }
        chanceRate.add(outbreak.lastOnset(), members - simultaneous);
        outbreaks.add(outbreak);
        out.accept(outbreak.report(IncidentState.OPENED, onset + options.intervalMillis()));
        for (HeldIncident member : waiting.subList(0, members)) {
            release(member, outbreak);
        }
        return members;
    }

    private void release(HeldIncident held, @Nullable OpenOutbreak outbreak) {
        Incident opened = held.opened();
        heldIncidents.remove(opened.id());
        out.accept(outbreak == null ? opened : opened.inGroup(outbreak.id()));
        Incident resolved = held.resolved();
        if (resolved != null) {
            passOnLaterReport(resolved);
        }
    }

    /** Writes the state, preceded by a format version. */
    public void write(DataOutput target) throws IOException {
        target.writeByte(FORMAT_VERSION);
        chanceRate.write(target);
        target.writeInt(heldIncidents.size());
        for (HeldIncident held : heldIncidents.values()) {
            held.write(target);
        }
        target.writeInt(outbreaks.size());
        for (OpenOutbreak outbreak : outbreaks) {
            outbreak.write(target);
        }
    }

    /**
     * Adds the state that {@link #write} wrote, in any format. The first format has no findings of the shape view.
     *
     * @throws IOException if the format version is unknown
     */
    public void read(DataInput source) throws IOException {
        int format = source.readByte();
        if (format < 1 || format > FORMAT_VERSION) {
            throw new IOException("found state format version " + format + ", supports at most " + FORMAT_VERSION);
        }
        boolean hasFindings = format >= FORMAT_WITH_FINDINGS;
        chanceRate.read(source);
        int heldCount = source.readInt();
        for (int i = 0; i < heldCount; i++) {
            hold(HeldIncident.read(source, options.detector(), hasFindings));
        }
        int outbreakCount = source.readInt();
        for (int i = 0; i < outbreakCount; i++) {
            outbreaks.add(OpenOutbreak.read(source, options.detector(), hasFindings));
        }
    }
}
