package dev.noether.testing.deployment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nothing listens on at this moment, below those that the system hands out by itself (on Linux from 32768
 * on): no connection and no other test gets one of them before it is used, or while its process is started anew.
 */
public final class FreePorts {
    private static final int FIRST = 10_000;
    private static final int END = 32_000;
    private static final int MOST_TRIES = 1_000;

    private FreePorts() {}

    /** Returns so many different ones: all are held open together before they are let go. */
    public static int[] take(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int tries = 0; sockets.size() < count; tries++) {
                try {
                    sockets.add(new ServerSocket(
                            ThreadLocalRandom.current().nextInt(FIRST, END), 1, InetAddress.getLoopbackAddress()));
                } catch (IOException e) {
                    if (tries == MOST_TRIES) {
                        throw new IllegalStateException("cannot find " + count + " free ports", e);
                    }
                }
            }
            return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } finally {
            sockets.forEach(FreePorts::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot let go of port " + socket.getLocalPort(), e);
        }
    }
}
