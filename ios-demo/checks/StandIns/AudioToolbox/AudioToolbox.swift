// A stand-in for what the app uses of Apple's AudioToolbox: declarations alone, after its documentation.
public typealias SystemSoundID = UInt32
public func AudioServicesPlaySystemSound(_ inSystemSoundID: SystemSoundID) {}
