package dev.noether.lab.chaos.fault;

import dev.noether.lab.chaos.service.ToolProcess;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of faults. */
public enum FaultKind {
    /** kill -9 of the broker. */
    KILL_BROKER,
    /** kill -9 of the job manager. */
    KILL_JOB_MANAGER,
    /** kill -9 of the task manager. */
    KILL_TASK_MANAGER,
    /** kill -9 of the retrainer. */
    KILL_RETRAINER,
    /** kill -9 of two or more services at once. */
    KILL_TOGETHER,
    /** The broker stands still for seconds (SIGSTOP, SIGCONT). */
    PAUSE_BROKER,
    /** The job manager stands still for seconds. */
    PAUSE_JOB_MANAGER,
    /** The task manager stands still for seconds. */
    PAUSE_TASK_MANAGER,
    /** The retrainer stands still for seconds. */
    PAUSE_RETRAINER,
    /** Two or more services stand still for seconds. */
    PAUSE_TOGETHER,
    /** The checkpoint folder is away, and a file is in its place. */
    CHECKPOINTS_AWAY,
    /** The managers cannot write a byte to any file, as on a full disk. Needs {@code prlimit}. */
    DISK_FULL,
    /** The model store is away while a model is trained and announced. */
    STORE_AWAY,
    /** Records on the observations topic that are no observations. */
    GARBAGE,
    /** A host whose clock says 2099. */
    CLOCK_2099,
    /** A host that sends seconds in place of milliseconds. */
    CLOCK_SECONDS,
    /** A host whose clock is a minute ahead. */
    CLOCK_MINUTE,
    /** A host whose clock is an hour ahead. */
    CLOCK_HOUR,
    /** A model is trained and announced, and the task manager is killed meanwhile. */
    RELEASE_AND_KILL,
    /** A release whose file is missing, cut short, random, or not the announced one. */
    BAD_RELEASE,
    /** The managers are killed, and the newest checkpoint is cut in half before they start again. */
    DAMAGED_CHECKPOINT,
    /** Everything but the broker is stopped for longer than the broker remembers transactional ids. */
    LONG_STOP;

    /** The name on the command line and in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether another fault may begin before the services have recovered from this one. */
    boolean mayOverlap() {
        return this != DAMAGED_CHECKPOINT && this != LONG_STOP;
    }

    /** Whether this machine can do it. */
    boolean isPossible() {
        return this != DISK_FULL || ToolProcess.exists("prlimit");
    }

    /**
     * The kinds of some names; all that this machine can do if there are none.
     *
     * @throws IllegalArgumentException if there is no such kind, or this machine cannot do it
     */
    public static List<FaultKind> chosen(List<String> labels) {
        if (labels.isEmpty()) {
            return Arrays.stream(values()).filter(FaultKind::isPossible).toList();
        }
        List<FaultKind> kinds = labels.stream().map(FaultKind::of).distinct().toList();
        for (FaultKind kind : kinds) {
            if (!kind.isPossible()) {
                throw new IllegalArgumentException(
                        kind.label() + " needs the program prlimit (package util-linux), which is not on the PATH");
            }
        }
        return kinds;
    }

    /** The names of all kinds. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(FaultKind::label).toList();
    }

    /**
     * The kind of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static FaultKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no kind of fault \"" + label + "\"; the kinds are " + String.join(", ", labels())));
    }
}
