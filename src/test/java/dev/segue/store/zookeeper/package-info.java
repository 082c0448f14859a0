/** Shows what the ZooKeeper room promises, on a real ZooKeeper. */
@NullMarked
package dev.segue.store.zookeeper;

import org.jspecify.annotations.NullMarked;
