package dev.noether.lab.chaos.fault;

import dev.noether.lab.chaos.load.SteadyLoad;
import dev.noether.lab.chaos.service.Service;
import dev.noether.lab.chaos.service.Services;
import java.io.IOException;
import java.util.Random;

/** Does faults to running services. {@link #inject} returns at the end of the fault. Not thread-safe. */
public final class FaultInjector {
    private final Services services;
    private final FolderFaults folders;
    private final DataFaults data;
    private final ReleaseFaults releases;

    /** Makes an injector for services and the load that they work on. */
    public FaultInjector(Services services, SteadyLoad load) {
        this.services = services;
        folders = new FolderFaults(services);
        data = new DataFaults(load);
        releases = new ReleaseFaults(services, load);
    }

    /** Does one fault, and undoes what can be undone. */
    public void inject(PlannedFault fault) throws InterruptedException, IOException {
        Random random = new Random(fault.seed());
        switch (fault.kind()) {
            case KILL_BROKER, KILL_JOB_MANAGER, KILL_TASK_MANAGER, KILL_RETRAINER, KILL_TOGETHER ->
                fault.services().forEach(services::kill);
            case PAUSE_BROKER, PAUSE_JOB_MANAGER, PAUSE_TASK_MANAGER, PAUSE_RETRAINER, PAUSE_TOGETHER -> pause(fault);
            case CHECKPOINTS_AWAY -> folders.away(services.checkpoints(), fault.seconds());
            case DISK_FULL -> folders.full(fault.services(), fault.seconds());
            case STORE_AWAY -> {
                services.kill(Service.RETRAINER);
                sleep(1 + 4 * random.nextDouble());
                folders.away(services.models(), fault.seconds());
            }
            case GARBAGE -> data.garbage(fault.number(), random);
            case CLOCK_2099, CLOCK_SECONDS, CLOCK_MINUTE, CLOCK_HOUR -> data.clock(fault);
            case RELEASE_AND_KILL -> {
                services.kill(Service.RETRAINER);
                sleep(2 + 8 * random.nextDouble());
                services.kill(Service.TASK_MANAGER);
            }
            case BAD_RELEASE -> releases.announceBadFile(random);
            case DAMAGED_CHECKPOINT -> damageCheckpoint();
            case LONG_STOP -> stop(fault, random.nextBoolean());
        }
    }

    private void pause(PlannedFault fault) throws InterruptedException {
        fault.services().forEach(services::pause);
        try {
            sleep(fault.seconds());
        } finally {
            fault.services().forEach(services::resume);
        }
    }

    private void damageCheckpoint() throws IOException {
        services.hold(Service.JOB_MANAGER, false);
        services.hold(Service.TASK_MANAGER, false);
        try {
            folders.cutNewestCheckpoint();
        } finally {
            services.start(Service.JOB_MANAGER);
            services.start(Service.TASK_MANAGER);
        }
    }

    private void stop(PlannedFault fault, boolean gently) throws InterruptedException {
        fault.services().forEach(service -> services.hold(service, gently));
        sleep(fault.seconds());
        fault.services().forEach(services::start);
    }

    static void sleep(double seconds) throws InterruptedException {
        Thread.sleep((long) (seconds * 1000));
    }
}
